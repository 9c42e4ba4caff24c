public import Domain
public import Postgres

/// The same for a provider's agent (``LoadEventFeed``): only events of tickets that he sees, and without internal words where he works on them no more.
///
/// A look takes the next events of the tenant, however few of them are his, and tells how far they go: he goes on from there. So a look costs the same
/// however much others do.
public struct LoadViewerFeed: Statement {
    public enum Row: Sendable {
        case seen(FeedEntry)
        /// The last row, unless there was no event at all: the last event that was looked at, and whether there may be another.
        case end(FeedPosition, hasMore: Bool)
    }

    /// How many events one look takes.
    public static let stretch = 2_000
    public static let sql = """
        WITH stretch AS MATERIALIZED (
            SELECT xid::text::bigint AS transaction, \(EventColumns.list), \(TicketViewer.sees("event.ticket_id", viewer: "$6")) AS is_seen
            FROM (\(FeedOrder.stretch(limit: "$5"))) AS event
        ), seen AS (
            SELECT transaction, \(EventColumns.list), \(EventColumns.pageColumns)
            FROM (SELECT * FROM stretch WHERE is_seen ORDER BY transaction, ticket_id, seq LIMIT $7) AS event
            WINDOW page AS (ORDER BY transaction, ticket_id, seq ROWS UNBOUNDED PRECEDING)
        )
        SELECT false AS is_end, transaction, has_next, \(EventColumns.list), \(InternalSight.stranger(ticket: "seen.ticket_id", viewer: "$6"))
        FROM seen WHERE \(EventColumns.pageFit)
        UNION ALL
        (SELECT true, transaction, (SELECT count(*) FROM stretch) = $5, ticket_id, seq, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM stretch ORDER BY transaction DESC, ticket_id DESC, seq DESC LIMIT 1)
        ORDER BY is_end, transaction, ticket_id, seq
        """
    let tenant: TenantID
    let after: FeedPosition
    let limit: Int
    let viewer: AgentID

    /// - Parameter limit: the most events that are shown.
    public init(tenant: TenantID, after: FeedPosition, limit: Int, viewer: AgentID) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
        self.viewer = viewer
    }

    public func bind(into binder: inout Binder) {
        FeedOrder.bind(tenant, after, into: &binder)
        binder.append(Int64(Self.stretch))
        binder.append(viewer)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let isEnd = try columns.next(Bool.self)
        let transaction = try columns.next(Int64.self)
        let hasNext = try columns.next(Bool.self)
        guard isEnd else {
            let event = try EventColumns.decodeForViewer(&columns)
            return .seen(FeedEntry(position: FeedPosition(transaction: transaction, of: event), event: event, hasNext: hasNext))
        }
        let ticket = try columns.next(TicketID.self)
        let sequence = Int(try columns.next(Int32.self))
        return .end(FeedPosition(transaction: transaction, ticketID: ticket, sequence: sequence), hasMore: hasNext)
    }
}
