import Domain
import Postgres

/// The columns of a message in the one order in which every statement lists them.
enum MessageColumns {
    static let list = "ticket_id, id, visibility, author_kind, author_id, body, created_at"

    /// Appends the columns of ``list``.
    static func bind(_ message: TicketMessage, into binder: inout Binder) {
        binder.append(message.ticketID)
        binder.append(message.id)
        binder.append(message.visibility.rawValue)
        let (kind, id) = columns(of: message.author)
        binder.append(kind)
        binder.append(id)
        binder.append(message.body)
        binder.append(message.createdAt)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TicketMessage {
        var columns = ColumnReader(row)
        return try decode(&columns)
    }

    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> TicketMessage {
        let ticket = try columns.next(TicketID.self)
        return TicketMessage(
            id: try columns.next(),
            ticketID: ticket,
            visibility: try columns.nextCode(),
            author: try author(&columns),
            body: try columns.next(),
            createdAt: try columns.next()
        )
    }

    private static func columns(of author: TicketMessage.Author) -> (kind: String, id: PostgresUUID?) {
        switch author {
        case .agent(let id): ("agent", PostgresUUID(high: id.high, low: id.low))
        case .requester(let id): ("requester", id.map { PostgresUUID(high: $0.high, low: $0.low) })
        case .system: ("system", nil)
        }
    }

    private static func author(_ columns: inout ColumnReader) throws(DecodeError) -> TicketMessage.Author {
        let kind = try columns.next(String.self)
        let id = try columns.nextOptional(PostgresUUID.self)
        switch (kind, id) {
        case ("agent", .some(let id)): return .agent(AgentID(high: id.high, low: id.low))
        case ("requester", let id): return .requester(id.map { RequesterID(high: $0.high, low: $0.low) })
        case ("system", _): return .system
        default: throw DecodeError("an unknown kind of author")
        }
    }
}
