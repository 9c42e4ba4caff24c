public import Domain
public import Postgres

/// An agent let an offer pass; after enough of them he is put on a break, until he says that he is back (routing.md G).
public struct RecordMiss: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_presence SET misses = misses + 1,
            status = CASE WHEN misses + 1 >= $3 AND status = 'online' THEN 'away' ELSE status END,
            online_since = CASE WHEN misses + 1 >= $3 THEN NULL ELSE online_since END,
            is_held = is_held OR (misses + 1 >= $3 AND status = 'online')
        WHERE tenant_id = $1 AND agent_id = $2
        """
    let tenant: TenantID
    let agent: AgentID
    let most: Int

    /// - Parameter most: how many in a row are too many.
    public init(tenant: TenantID, agent: AgentID, most: Int) {
        self.tenant = tenant
        self.agent = agent
        self.most = most
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(Int32(clamping: most))
    }
}

/// An agent answered an offer: he is there.
public struct ForgetMisses: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.agent_presence SET misses = 0 WHERE tenant_id = $1 AND agent_id = $2 AND misses > 0"
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
}
