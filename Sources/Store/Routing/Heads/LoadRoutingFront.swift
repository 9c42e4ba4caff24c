public import Domain
public import Postgres

/// The front of a queue in rank order, whatever the classes: all that a pass needs while everybody at the front finds an agent.
public struct LoadRoutingFront: Statement {
    public typealias Row = RoutingHead
    public static let sql = """
        SELECT \(RoutingHead.columns), $3::bigint FROM docket.routing_entry r
        WHERE r.tenant_id = $1 AND r.queue_id = $2 ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT $3
        """
    let tenant: TenantID
    let queue: QueueID
    let limit: Int

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
