public import Domain
public import Postgres

/// Adds agents to a group; those who are in it stay.
public struct PutGroupMembers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT $1, $2, m.agent_id FROM unnest($3::uuid[]) AS m (agent_id)
        ON CONFLICT (tenant_id, group_id, agent_id) DO NOTHING
        """
    let tenant: TenantID
    let group: GroupID
    let agents: [AgentID]

    public init(tenant: TenantID, group: GroupID, agents: [AgentID]) {
        self.tenant = tenant
        self.group = group
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(group)
        binder.append(agents)
    }
}

/// Takes agents out of a group.
public struct DeleteGroupMembers: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.group_member WHERE tenant_id = $1 AND group_id = $2 AND agent_id = ANY ($3)"
    let tenant: TenantID
    let group: GroupID
    let agents: [AgentID]

    public init(tenant: TenantID, group: GroupID, agents: [AgentID]) {
        self.tenant = tenant
        self.group = group
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(group)
        binder.append(agents)
    }
}

/// A page of a group's members in the order of their ids.
public struct ListGroupMembers: Statement {
    public typealias Row = AgentID
    public static let sql = """
        SELECT agent_id FROM docket.group_member WHERE tenant_id = $1 AND group_id = $2 AND agent_id > $3 ORDER BY agent_id LIMIT $4
        """
    let tenant: TenantID
    let group: GroupID
    let after: AgentID?
    let limit: Int

    public init(tenant: TenantID, group: GroupID, after: AgentID?, limit: Int) {
        self.tenant = tenant
        self.group = group
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(group)
        binder.append(after ?? AgentID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
