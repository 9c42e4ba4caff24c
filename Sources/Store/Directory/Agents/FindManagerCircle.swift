public import Domain
public import Postgres

/// Whether an agent is above another, over any number of steps: who would then be his own manager.
public struct FindManagerCircle: Statement {
    public typealias Row = Bool
    public static let sql = """
        WITH RECURSIVE up AS (
            SELECT $3::uuid AS id
            UNION
            SELECT a.manager_id FROM up JOIN docket.agent a ON a.tenant_id = $1 AND a.id = up.id WHERE a.manager_id IS NOT NULL
        )
        SELECT EXISTS (SELECT FROM up WHERE up.id = $2)
        """
    let tenant: TenantID
    let agent: AgentID
    let manager: AgentID

    /// - Parameter manager: whom the agent shall get.
    public init(tenant: TenantID, agent: AgentID, manager: AgentID) {
        self.tenant = tenant
        self.agent = agent
        self.manager = manager
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(manager)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
