public import Domain
public import Postgres

/// The tenant's events after a position, in commit order (api.md 5).
///
/// At most ``EventColumns/pageBytes`` of details, but at least one event: those that follow come with the next position.
/// Stops below the oldest running transaction, so that no event can appear later in a place that was already read (design.md I7).
public struct LoadEventFeed: Statement {
    public typealias Row = FeedEntry
    public static let sql = """
        SELECT transaction, has_next, \(EventColumns.list) FROM (
            SELECT xid::text::bigint AS transaction, \(EventColumns.list), \(EventColumns.pageColumns)
            FROM (\(FeedOrder.stretch(limit: "$5"))) AS event
            WINDOW page AS (ORDER BY xid, ticket_id, seq ROWS UNBOUNDED PRECEDING)
        ) AS page
        WHERE \(EventColumns.pageFit) ORDER BY transaction, ticket_id, seq
        """
    let tenant: TenantID
    let after: FeedPosition
    let limit: Int

    public init(tenant: TenantID, after: FeedPosition, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        FeedOrder.bind(tenant, after, into: &binder)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> FeedEntry {
        var columns = ColumnReader(row)
        let transaction = try columns.next(Int64.self)
        let hasNext = try columns.next(Bool.self)
        let event = try EventColumns.decode(&columns)
        return FeedEntry(position: FeedPosition(transaction: transaction, of: event), event: event, hasNext: hasNext)
    }
}
