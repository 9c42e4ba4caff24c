public import Domain
public import Postgres

/// The front of a queue in rank order, whatever the classes: all that a pass needs while everybody at the front finds an agent.
public struct LoadRoutingFront: LaneStatement {
    public typealias Row = RoutingHead
    public static let sql: String = sql(of: .given)

    public static func sql(of lane: LaneTerms) -> String {
        """
        SELECT \(RoutingHead.columns), \(lane.own(1))::bigint FROM docket.routing_entry r
        WHERE r.tenant_id = \(lane.tenant) AND r.queue_id = \(lane.queue) ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT \(lane.own(1))
        """
    }

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
