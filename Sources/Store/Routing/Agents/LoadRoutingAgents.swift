public import Domain
public import Postgres

/// The active agents of the queue whose lane is held (``HeldLane``), in the order of their ids.
public struct LoadRoutingAgents: Statement {
    public typealias Row = RoutingAgentRow
    public static let sql = """
        SELECT \(RoutingAgentRow.columns)
        FROM docket.queue_member m
        JOIN docket.agent_load l ON l.tenant_id = \(HeldLane.tenant) AND l.agent_id = m.agent_id
        \(RoutingAgentRow.joins(of: HeldLane.tenant))
        WHERE m.tenant_id = \(HeldLane.tenant) AND m.queue_id = \(HeldLane.queue) ORDER BY m.agent_id LIMIT \(RoutingAgentRow.limit)
        """

    public init() {}

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingAgentRow {
        try RoutingAgentRow(row)
    }
}

/// All active agents of a tenant as one queue sees them, those who do not serve it too: what an explanation names (routing.md C, `not_member`).
public struct LoadAgentsForExplanation: Statement {
    public typealias Row = RoutingAgentRow
    public static let sql = """
        SELECT \(RoutingAgentRow.columns)
        FROM docket.agent_load l
        LEFT JOIN docket.queue_member m ON m.tenant_id = $1 AND m.queue_id = $2 AND m.agent_id = l.agent_id
        \(RoutingAgentRow.joins(of: "$1"))
        WHERE l.tenant_id = $1 ORDER BY l.agent_id LIMIT \(RoutingAgentRow.limit)
        """
    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RoutingAgentRow {
        try RoutingAgentRow(row)
    }
}
