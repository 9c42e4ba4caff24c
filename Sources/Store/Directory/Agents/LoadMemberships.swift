public import Domain
public import Postgres

/// The groups of an agent, in the order of their ids.
public struct ListGroupsOfAgent: Statement {
    public typealias Row = GroupID
    public static let sql = "SELECT group_id FROM docket.group_member WHERE tenant_id = $1 AND agent_id = $2 ORDER BY group_id LIMIT 10000"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> GroupID {
        try row.decode(GroupID.self, at: 0)
    }
}

/// The queues that an agent serves, in the order of their ids.
public struct ListQueuesOfAgent: Statement {
    public typealias Row = AgentMemberships.QueueMembership
    public static let sql = "SELECT queue_id, tier FROM docket.queue_member WHERE tenant_id = $1 AND agent_id = $2 ORDER BY queue_id LIMIT 1000"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentMemberships.QueueMembership {
        AgentMemberships.QueueMembership(queueID: try row.decode(QueueID.self, at: 0), tier: Int(try row.decode(Int16.self, at: 1)))
    }
}
