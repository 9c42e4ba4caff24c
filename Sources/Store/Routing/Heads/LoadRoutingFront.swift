public import Postgres

/// The front of the queue whose lane is held (``HeldLane``), in rank order, whatever the classes: all that a pass needs while everybody at the front
/// finds an agent.
public struct LoadRoutingFront: Statement {
    public typealias Row = RoutingHead
    public static let sql = """
        SELECT \(RoutingHead.columns), $1::bigint FROM docket.routing_entry r
        WHERE r.tenant_id = \(HeldLane.tenant) AND r.queue_id = \(HeldLane.queue) ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT $1
        """

    let limit: Int

    public init(limit: Int) {
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingHead {
        try RoutingHead(row)
    }
}
