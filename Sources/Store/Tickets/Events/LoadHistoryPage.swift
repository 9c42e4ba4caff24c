public import Domain
public import Postgres

/// A page of a ticket's history from an event number on, in order: at most `limit` events and ``EventColumns/pageBytes`` of details, but at least one. A provider's agent reads
/// what people wrote to each other inside only while he works on the ticket or is asked about it.
public struct LoadHistoryPage: Statement {
    public typealias Row = HistoryEntry
    public static let sql = """
        SELECT has_next, \(EventColumns.list), \(InternalSight.stranger(ticket: "$2", viewer: "$5")) FROM (
            SELECT \(EventColumns.list), \(EventColumns.pageColumns)
            FROM (
                SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = $2 AND seq > $3 ORDER BY seq LIMIT $4
            ) AS event
            WINDOW page AS (ORDER BY seq ROWS UNBOUNDED PRECEDING)
        ) AS page
        WHERE \(EventColumns.pageFit) ORDER BY seq
        """
    let tenant: TenantID
    let ticket: TicketID
    let after: Int
    let limit: Int
    let viewer: AgentID?

    /// - Parameter viewer: a provider's agent; nil for all who see every ticket.
    public init(tenant: TenantID, ticket: TicketID, viewer: AgentID? = nil, after: Int, limit: Int) {
        self.viewer = viewer
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
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> HistoryEntry {
        var columns = ColumnReader(row)
        let hasNext = try columns.next(Bool.self)
        return HistoryEntry(event: try EventColumns.decodeForViewer(&columns), hasNext: hasNext)
    }
}
