import Domain

/// A message of a ticket as the API shows it.
struct MessageResource: ResponseObject {
    let message: TicketMessage

    init(_ message: TicketMessage) {
        self.message = message
    }

    static let schema = JSONSchema.object(
        "Message",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("ticket_id", .id, "Its ticket."),
            JSONProperty("visibility", .codes(TicketMessage.Visibility.self), "public: the customer sees it."),
            JSONProperty("author", authorSchema, "Who wrote it."),
            JSONProperty("body", .string, "The text."),
            JSONProperty("created_at", .timestamp, "When it was written."),
        ]
    )

    private static let authorSchema = JSONSchema.object(
        "MessageAuthor",
        [JSONProperty("type", .codes(AddMessage.Author.Kind.self), "Who."), JSONProperty("id", .id.nullable, "The agent's or requester's id.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", message.id)
            writer.field("ticket_id", message.ticketID)
            writer.field("visibility", message.visibility.rawValue)
            writer.name("author")
            writer.object(writeAuthor)
            writer.field("body", message.body)
            writer.field("created_at", message.createdAt)
        }
    }

    private func writeAuthor(to writer: inout JSONWriter) {
        switch message.author {
        case .agent(let id):
            writer.field("type", AddMessage.Author.Kind.agent.rawValue)
            writer.field("id", id)
        case .requester(let id):
            writer.field("type", AddMessage.Author.Kind.requester.rawValue)
            writer.field("id", id)
        case .system:
            writer.field("type", AddMessage.Author.Kind.system.rawValue)
            writer.field("id", AgentID?.none)
        }
    }
}
