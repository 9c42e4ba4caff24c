import Crypto
import Domain
import UseCases

/// A batch of tickets to be created; an item that cannot be read is kept with what is wrong with it, and hinders no other.
struct CreateTickets: RequestObject {
    static let maximumItems = 100
    static let items = RequestField("items", .array(of: itemType, 1...maximumItems), "The tickets, in their order.")
    static let schema = JSONSchema.object("CreateTickets", [items.required], isClosed: true)

    /// One readable item.
    struct Item: RequestObject {
        static let key = RequestField("idempotency_key", .text(1...255), "As the header of createTicket, for this item.")
        static let schema = JSONSchema.object("CreateTicketItem", [key.optional] + CreateTicket.properties, isClosed: true)

        let key: String?
        let ticket: NewTicket

        init?(from reader: inout ObjectReader) {
            key = reader.optional(Self.key)
            guard let create = CreateTicket(from: &reader) else { return nil }
            ticket = create.ticket
        }
    }

    /// An item as it was sent.
    enum Entry: Sendable {
        /// With SHA-256 of what was sent, by which a repeated item is known.
        case item(Item, fingerprint: [UInt8])
        case refused(Problem)
    }

    let entries: [Entry]

    init?(from reader: inout ObjectReader) {
        guard let entries = reader.required(Self.items) else { return nil }
        self.entries = entries
    }

    private static let itemType = JSONType<Entry>(Item.schema) { value, _ in
        var errors = FieldErrors()
        guard let item = ObjectReader.read(Item.self, from: value, errors: &errors) else { return .refused(.invalid(errors.list)) }
        var hash = SHA256()
        hash.update(data: Array("POST /v1/tickets/batch item ".utf8))
        hash.update(data: Array(value.rawBytes))
        return .item(item, fingerprint: Array(hash.finalize()))
    }
}
