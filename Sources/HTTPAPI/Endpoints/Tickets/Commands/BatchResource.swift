import Domain
import HTTPTypes

/// What became of each item of a batch.
struct BatchResource: ResponseObject {
    struct Item: ResponseObject {
        let index: Int
        let id: TicketID?
        let status: Int
        let entityTag: String?
        /// The problem's body, as an answer of its own would have it.
        let problem: [UInt8]?

        static let schema = JSONSchema.object(
            "BatchItem",
            [
                JSONProperty("index", .integer(in: 0...Int64(CreateTickets.maximumItems - 1)), "Which item."),
                JSONProperty("id", .id.nullable, "The new ticket's id."),
                JSONProperty("status", .integer(in: 200...599), "The status that an answer of its own would have."),
                JSONProperty("etag", EntityTag.schema.nullable, "The new ticket's version."),
                JSONProperty("error", Problem.schema.nullable, "Why it was refused; pointers are those of the whole body."),
            ]
        )

        init(index: Int, id: TicketID?, status: Int, entityTag: String?, problem: [UInt8]?) {
            self.index = index
            self.id = id
            self.status = status
            self.entityTag = entityTag
            self.problem = problem
        }

        init(created ticket: Ticket, at index: Int) {
            let tag = TicketResource(ticket).entityTag.description
            self.init(index: index, id: ticket.id, status: HTTPResponse.Status.created.code, entityTag: tag, problem: nil)
        }

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("index", index)
                writer.field("id", id)
                writer.field("status", status)
                writer.field("etag", entityTag)
                if let problem {
                    writer.field("error", raw: problem)
                } else {
                    writer.field("error", String?.none)
                }
            }
        }
    }

    let items: [Item]

    init(items: [Item]) {
        self.items = items
    }

    /// All were created.
    init(_ tickets: [Ticket]) {
        items = tickets.enumerated().map { index, ticket in Item(created: ticket, at: index) }
    }

    static let schema = JSONSchema.object(
        "Batch",
        [JSONProperty("items", .array(of: Item.schema, count: 1...CreateTickets.maximumItems), "In the order of the request.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("items", items) }
    }
}
