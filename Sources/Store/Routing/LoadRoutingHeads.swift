public import Domain
public import Postgres

/// The front of every class of a queue, in rank order (routing.md A).
///
/// A million tickets that nobody can take are one class or a few, of which this reads a few rows each: they cannot hide the ticket that somebody can
/// take (queues.md 4.3). The classes are found by a loose index scan, so the cost follows the classes and the limit, not the tickets waiting.
public struct LoadRoutingHeads: Statement {
    public typealias Row = RoutingHead

    /// The most classes looked at; a queue with more is looked at again.
    public static let classLimit = 2_000

    public static let sql = """
        WITH RECURSIVE step AS (
            (SELECT r.class_key FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = $2 ORDER BY r.class_key LIMIT 1)
            UNION ALL
            SELECT (
                SELECT r.class_key FROM docket.routing_entry r
                WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key > s.class_key ORDER BY r.class_key LIMIT 1)
            FROM step s WHERE s.class_key IS NOT NULL
        ), class AS MATERIALIZED (
            SELECT s.class_key FROM step s WHERE s.class_key IS NOT NULL LIMIT \(classLimit)
        ), depth AS MATERIALIZED (
            SELECT least($3::bigint, greatest(4, 2 * $3::bigint / greatest(count(*), 1) + 1)) AS rows FROM class
        )
        SELECT h.*, (SELECT d.rows FROM depth d) FROM class c CROSS JOIN LATERAL (
            SELECT \(RoutingHead.columns) FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key = c.class_key
            ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT (SELECT d.rows FROM depth d)
        ) h ORDER BY h.rank_at, h.eligible_at, h.ticket_id
        """
    let tenant: TenantID
    let queue: QueueID
    let limit: Int

    /// - Parameter limit: how many tickets the pass may assign; each class gives its share of twice as many, and at least 4.
    public init(tenant: TenantID, queue: QueueID, limit: Int) {
        self.tenant = tenant
        self.queue = queue
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingHead {
        try RoutingHead(row)
    }
}

/// What comes after the last ticket that was read of each of some classes, in rank order.
public struct LoadFurtherHeads: Statement {
    public typealias Row = RoutingHead
    public static let sql = """
        SELECT h.*, $7::bigint FROM unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::uuid[]) AS c (class_key, rank_at, eligible_at, ticket_id)
        CROSS JOIN LATERAL (
            SELECT \(RoutingHead.columns) FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key = c.class_key
                AND (r.rank_at, r.eligible_at, r.ticket_id) > (c.rank_at, c.eligible_at, c.ticket_id)
            ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT $7
        ) h ORDER BY h.rank_at, h.eligible_at, h.ticket_id
        """
    let tenant: TenantID
    let queue: QueueID
    let lasts: [RoutingHead]
    let depth: Int

    /// - Parameters:
    ///   - lasts: the last ticket read of each class.
    ///   - depth: how many more of each.
    public init(tenant: TenantID, queue: QueueID, after lasts: [RoutingHead], depth: Int) {
        self.tenant = tenant
        self.queue = queue
        self.lasts = lasts
        self.depth = depth
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(lasts.map(\.classKey))
        binder.append(lasts.map(\.ticket.rankAt))
        binder.append(lasts.map(\.ticket.eligibleAt))
        binder.append(lasts.map(\.ticket.id))
        binder.append(Int64(depth))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingHead {
        try RoutingHead(row)
    }
}
