public import Domain
public import Postgres

/// How far a class was read.
public struct ReadClass: Sendable {
    public let classKey: Int64
    /// Of this class or another: everything of the class up to its place in rank order was read.
    public let end: RoutingHead

    public init(classKey: Int64, end: RoutingHead) {
        self.classKey = classKey
        self.end = end
    }
}

/// What comes after the part of some classes that was read, in rank order.
public struct LoadFurtherHeads: Statement {
    public typealias Row = RoutingHead
    /// The class is a range of one key for the planner's sake: see ``LoadRoutingHeads/sql``.
    public static let sql = """
        SELECT h.*, $7::bigint FROM unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::uuid[]) AS c (class_key, rank_at, eligible_at, ticket_id)
        CROSS JOIN LATERAL (
            SELECT \(RoutingHead.columns) FROM docket.routing_entry r
            WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.class_key BETWEEN c.class_key AND c.class_key
                AND (r.rank_at, r.eligible_at, r.ticket_id) > (c.rank_at, c.eligible_at, c.ticket_id)
            ORDER BY r.class_key, r.rank_at, r.eligible_at, r.ticket_id LIMIT $7
        ) h ORDER BY h.rank_at, h.eligible_at, h.ticket_id
        """
    let tenant: TenantID
    let queue: QueueID
    let ends: [ReadClass]
    let depth: Int

    /// - Parameters:
    ///   - ends: how far each class was read.
    ///   - depth: how many more of each.
    public init(tenant: TenantID, queue: QueueID, after ends: [ReadClass], depth: Int) {
        self.tenant = tenant
        self.queue = queue
        self.ends = ends
        self.depth = depth
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(ends.map(\.classKey))
        binder.append(ends.map(\.end.ticket.rankAt))
        binder.append(ends.map(\.end.ticket.eligibleAt))
        binder.append(ends.map(\.end.ticket.id))
        binder.append(Int64(depth))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingHead {
        try RoutingHead(row)
    }
}
