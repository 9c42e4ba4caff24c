public import Domain
public import Postgres

/// A page of a ticket's history from an event number on, in order: at most `limit` events and ``EventColumns/pageBytes`` of details, but at least one where there is one.
public struct LoadEventsPage: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT \(EventColumns.list) FROM (
            SELECT \(EventColumns.list), \(EventColumns.pageColumns)
            FROM (
                SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
            ) AS event
            WINDOW page AS (ORDER BY seq ROWS UNBOUNDED PRECEDING)
        ) AS page
        WHERE \(EventColumns.pageFit) ORDER BY seq
        """
    private let events: LoadEvents

    public init(tenant: TenantID, ticket: TicketID, after: Int, limit: Int) {
        events = LoadEvents(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        events.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        try LoadEvents.decode(row)
    }
}
