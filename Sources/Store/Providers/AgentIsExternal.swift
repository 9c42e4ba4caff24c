public import Domain
public import Postgres

/// Whether an agent is a provider's; true also for one who is not there, who then sees nothing.
public struct AgentIsExternal: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT NOT EXISTS (SELECT FROM docket.agent WHERE tenant_id = $1 AND id = $2 AND provider IS NULL)"
    let tenant: TenantID
    let agent: AgentID

    public init(tenant: TenantID, agent: AgentID) {
        self.tenant = tenant
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
