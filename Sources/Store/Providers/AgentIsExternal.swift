public import Domain
public import Postgres

/// Whether an active agent is a provider's; no row for one who has left, or is not there.
public struct AgentIsExternal: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT provider IS NOT NULL FROM docket.agent WHERE tenant_id = $1 AND id = $2 AND active"
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
