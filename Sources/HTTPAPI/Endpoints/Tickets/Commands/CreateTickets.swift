import Crypto
import Domain
import UseCases

/// A batch of tickets to be created; an item that cannot be read is kept with what is wrong with it, and hinders no other.
struct CreateTickets: RequestObject {
    static let maximumItems = 100
    static let items = RequestField("items", .array(of: itemType, 1...maximumItems), "The tickets, in their order.")
    static let atomic = RequestField("atomic", .boolean, "Whether all are created or none; false unless told.")
    static let schema = JSONSchema.object("CreateTickets", [items.required, atomic.optional], isClosed: true)

    /// One readable item.
    struct Item: RequestObject {
        static let key = RequestField("idempotency_key", keyType, "As the header of createTicket, without quotation marks, for this item.")
        private static let characters = "Must be 1 to 255 printable ASCII characters."
        private static let keyType = JSONType.text(1...255).map(characters, code: .invalidFormat) { text -> String? in
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text : nil
        }
        static let schema = JSONSchema.object("CreateTicketItem", [key.optional] + CreateTicket.properties, isClosed: true)

        let key: String?
        private let create: CreateTicket
        var ticket: NewTicket { create.ticket }
        var sentLists: [SentList] { create.sentLists }

        init?(from reader: inout ObjectReader) {
            key = reader.optional(Self.key)
            guard let create = CreateTicket(from: &reader) else { return nil }
            self.create = create
        }
    }

    /// An item as it was sent.
    enum Entry: Sendable {
        /// With SHA-256 of what was sent, by which a repeated item is known.
        case item(Item, fingerprint: [UInt8])
        case refused(Problem)
    }

    let entries: [Entry]
    let isAtomic: Bool

    init?(from reader: inout ObjectReader) {
        let atomic = reader.optional(Self.atomic)
        guard let entries = reader.required(Self.items) else { return nil }
        self.entries = entries
        isAtomic = atomic ?? false
    }

    /// The tickets of a batch that is made as a whole.
    ///
    /// - Throws: 422 with what is wrong in any of the items.
    func tickets() throws(Problem) -> [NewTicket] {
        var tickets: [NewTicket] = []
        var errors: [FieldError] = []
        for (index, entry) in entries.enumerated() {
            switch entry {
            case .refused(let problem): errors += problem.errors
            case .item(let item, _) where item.key != nil:
                let place = FieldError.Place.pointer("/items/\(index)/idempotency_key")
                errors.append(FieldError(place, .notAllowed, "An atomic batch has one key: that of the header."))
            case .item(let item, _): tickets.append(item.ticket)
            }
        }
        guard errors.isEmpty else { throw .invalid(Array(errors.prefix(FieldErrors.maximum))) }
        return tickets
    }

    /// The lists of the readable items that are kept in another order than the caller's, with pointers into the list of the tickets.
    var sentLists: [SentList] {
        entries.enumerated().flatMap { index, entry -> [SentList] in
            guard case .item(let item, _) = entry else { return [] }
            return item.sentLists.map { $0.inside("/\(index)") }
        }
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
