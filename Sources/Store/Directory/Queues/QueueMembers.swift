public import Domain
public import Postgres

/// Lets agents serve a queue, each on his tier. Affects the rows that were new or had another tier.
public struct PutQueueMembers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.queue_member AS q (tenant_id, queue_id, agent_id, tier)
        SELECT $1, $2, m.agent_id, m.tier FROM unnest($3::uuid[], $4::smallint[]) AS m (agent_id, tier)
        ON CONFLICT (tenant_id, queue_id, agent_id) DO UPDATE SET tier = excluded.tier WHERE q.tenant_id = $1 AND q.tier <> excluded.tier
        """
    let tenant: TenantID
    let queue: QueueID
    let members: [QueueMember]

    /// - Parameter members: each agent at most once.
    public init(tenant: TenantID, queue: QueueID, members: [QueueMember]) {
        self.tenant = tenant
        self.queue = queue
        self.members = members
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(members.map(\.agentID))
        binder.append(members.map { Int16(clamping: $0.tier) })
    }
}

/// Lets agents serve a queue no longer.
public struct DeleteQueueMembers: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.queue_member WHERE tenant_id = $1 AND queue_id = $2 AND agent_id = ANY ($3)"
    let tenant: TenantID
    let queue: QueueID
    let agents: [AgentID]

    public init(tenant: TenantID, queue: QueueID, agents: [AgentID]) {
        self.tenant = tenant
        self.queue = queue
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(agents)
    }
}

/// A page of a queue's members in the order of their ids.
public struct ListQueueMembers: Statement {
    public typealias Row = QueueMember
    public static let sql = """
        SELECT agent_id, tier FROM docket.queue_member WHERE tenant_id = $1 AND queue_id = $2 AND agent_id > $3 ORDER BY agent_id LIMIT $4
        """
    let tenant: TenantID
    let queue: QueueID
    let after: AgentID?
    let limit: Int

    public init(tenant: TenantID, queue: QueueID, after: AgentID?, limit: Int) {
        self.tenant = tenant
        self.queue = queue
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(after ?? AgentID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> QueueMember {
        QueueMember(agentID: try row.decode(AgentID.self, at: 0), tier: Int(try row.decode(Int16.self, at: 1)))
    }
}
