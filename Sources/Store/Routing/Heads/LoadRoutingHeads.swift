public import Domain
public import Postgres

/// The front of every class of a queue, in rank order (routing.md A): read where the front of the queue (``LoadRoutingFront``) holds tickets that nobody
/// can take.
///
/// A million tickets that nobody can take are one class or a few, of which this reads a few rows each: they cannot hide the ticket that somebody can
/// take (queues.md 4.3). The classes are found by a loose index scan, so the cost follows the classes and the limit, not the tickets waiting.
/// Where there are more classes than one pass reads, the next one goes on behind them (``LaneScan``).
public struct LoadRoutingHeads: Statement {
    public typealias Row = RoutingHead

    /// The most classes looked at in one pass, beside those that are known to find nobody. A class is of one site (``RoutingEntry/classKey``).
    public static let classLimit = 2_000

    /// A range of one key, and the key in the order: with `=` the index of the queue's front is in that order, too, and a planner without statistics takes it and
    /// reads the whole queue for each class.
    public static let sql = """
        WITH RECURSIVE step AS (
            (SELECT r.class_key, r.site_id FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key > $6 ORDER BY r.class_key LIMIT 1)
            UNION ALL
            SELECT n.class_key, n.site_id FROM step s CROSS JOIN LATERAL (
                SELECT r.class_key, r.site_id FROM docket.routing_entry r
                WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key > s.class_key ORDER BY r.class_key LIMIT 1) n
        ), class AS MATERIALIZED (
            SELECT s.class_key FROM step s
            WHERE s.class_key <> ALL ($4::bigint[]) AND (s.site_id IS NULL OR s.site_id <> ALL ($5::uuid[])) LIMIT \(classLimit)
        ), depth AS MATERIALIZED (
            SELECT least($3::bigint, greatest(4, 2 * $3::bigint / greatest(count(*), 1) + 1)) AS rows FROM class
        )
        SELECT h.*, (SELECT d.rows FROM depth d) FROM class c CROSS JOIN LATERAL (
            SELECT \(RoutingHead.columns) FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key BETWEEN c.class_key AND c.class_key
            ORDER BY r.class_key, r.rank_at, r.eligible_at, r.ticket_id LIMIT (SELECT d.rows FROM depth d)
        ) h ORDER BY h.rank_at, h.eligible_at, h.ticket_id
        """
    let tenant: TenantID
    let queue: QueueID
    let limit: Int
    let blocked: [Int64]
    let closed: [SiteID]
    let position: Int64

    /// - Parameters:
    ///   - limit: how many tickets the pass may assign; each class gives its share of twice as many, and at least 4.
    ///   - blocked: classes that are known to find nobody.
    ///   - closed: sites whose tickets must wait, however many classes they are.
    ///   - position: only classes with higher keys are read.
    public init(tenant: TenantID, queue: QueueID, limit: Int, except blocked: [Int64], closed: [SiteID], after position: Int64 = .min) {
        self.tenant = tenant
        self.queue = queue
        self.limit = limit
        self.blocked = blocked
        self.closed = closed
        self.position = position
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(Int64(limit))
        binder.append(blocked)
        binder.append(closed)
        binder.append(position)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingHead {
        try RoutingHead(row)
    }
}
