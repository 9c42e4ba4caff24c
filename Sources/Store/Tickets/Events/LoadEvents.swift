public import Domain
public import Postgres

/// A ticket's history from an event number on, in order.
public struct LoadEvents: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
        """
    let tenant: TenantID
    let ticket: TicketID
    let after: Int
    let limit: Int

    public init(tenant: TenantID, ticket: TicketID, after: Int = 0, limit: Int) {
        self.tenant = tenant
        self.ticket = ticket
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(Int32(clamping: after))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        var columns = ColumnReader(row)
        return try EventColumns.decode(&columns)
    }
}

/// The columns of an event in the one order in which every statement lists them.
enum EventColumns {
    static let list = "ticket_id, seq, at, version, kind, actor_kind, actor_id, data"

    /// The most bytes of details on a page. With what surrounds them the page stays below 1 MiB; one event alone may be larger than either.
    static let pageBytes = 900_000

    /// Of rows in the order of a window `page`: what ``pageFit`` decides by, and whether another row follows.
    static let pageColumns = """
        sum(octet_length(data::text)) OVER page AS bytes, row_number() OVER page AS place, lead(seq) OVER page IS NOT NULL AS has_next
        """

    /// Which of these rows fit on the page: the first in any case.
    static let pageFit = "place = 1 OR bytes <= \(pageBytes)"

    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> TicketEvent {
        let ticket = try columns.next(TicketID.self)
        let sequence = Int(try columns.next(Int32.self))
        let at = try columns.next(Timestamp.self)
        let version = try columns.next(Int64.self)
        let kind = try columns.next(String.self)
        let actor = Actor(kind: try columns.nextCode(), id: try columns.nextOptional())
        let payload = try EventPayloadCoding.decode(try columns.next(JSONB.self), kind: kind)
        return TicketEvent(ticketID: ticket, sequence: sequence, version: version, at: at, actor: actor, payload: payload)
    }

    /// The same, followed by ``InternalSight/stranger(ticket:viewer:)``.
    static func decodeForViewer(_ columns: inout ColumnReader) throws(DecodeError) -> TicketEvent {
        let event = try decode(&columns)
        guard let stranger = try columns.nextOptional(AgentID.self) else { return event }
        return event.withoutInternalWords(for: stranger)
    }
}
