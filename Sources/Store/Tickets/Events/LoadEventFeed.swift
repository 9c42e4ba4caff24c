public import Domain
public import Postgres

/// The tenant's events after a position, in commit order (api.md 5).
///
/// At most ``EventColumns/pageBytes`` of details, but at least one event: those that follow come with the next position.
/// Stops below the oldest running transaction, so that no event can appear later in a place that was already read (design.md I7).
public struct LoadEventFeed: Statement {
    public typealias Row = FeedEntry
    public static let sql = """
        SELECT transaction, has_next, \(EventColumns.list), \(InternalSight.stranger(ticket: "page.ticket_id", viewer: "$6")) FROM (
            SELECT xid::text::bigint AS transaction, \(EventColumns.list), \(EventColumns.pageColumns)
            FROM (
                SELECT xid, \(EventColumns.list) FROM docket.ticket_event
                WHERE tenant_id = $1 AND (xid, ticket_id, seq) > ($2::bigint::text::xid8, $3, $4) AND xid < pg_snapshot_xmin(pg_current_snapshot())
                    AND \(TicketViewer.condition(on: "ticket_id", viewer: "$6"))
                ORDER BY xid, ticket_id, seq LIMIT $5
            ) AS event
            WINDOW page AS (ORDER BY xid, ticket_id, seq ROWS UNBOUNDED PRECEDING)
        ) AS page
        WHERE \(EventColumns.pageFit) ORDER BY transaction, ticket_id, seq
        """
    let tenant: TenantID
    let after: FeedPosition
    let limit: Int
    let viewer: AgentID?

    /// - Parameter viewer: a provider's agent: only events of tickets that he sees, and without internal words where he works on them no more.
    public init(tenant: TenantID, after: FeedPosition, limit: Int, viewer: AgentID? = nil) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
        self.viewer = viewer
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after.transaction)
        binder.append(after.ticketID)
        binder.append(Int32(clamping: after.sequence))
        binder.append(Int64(limit))
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> FeedEntry {
        var columns = ColumnReader(row)
        let transaction = try columns.next(Int64.self)
        let hasNext = try columns.next(Bool.self)
        let event = try EventColumns.decodeForViewer(&columns)
        let position = FeedPosition(transaction: transaction, ticketID: event.ticketID, sequence: event.sequence)
        return FeedEntry(position: position, event: event, hasNext: hasNext)
    }
}
