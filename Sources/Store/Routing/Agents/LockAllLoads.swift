public import Domain
public import Postgres

/// Locks the loads of all agents of a tenant in agent-id order, as everybody does (routing.md E).
public struct LockAllLoads: Statement {
    public typealias Row = AgentID
    public static let sql = "SELECT agent_id FROM docket.agent_load WHERE tenant_id = $1 ORDER BY agent_id FOR UPDATE"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
