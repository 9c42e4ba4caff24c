public import Domain
public import Postgres

/// The names of some agents.
public struct LoadAgentNames: Statement {
    public struct Row: Sendable {
        public let id: AgentID
        public let name: String
    }

    public static let sql = "SELECT id, name FROM docket.agent WHERE tenant_id = $1 AND id = ANY ($2::uuid[])"
    let tenant: TenantID
    let agents: [AgentID]

    public init(tenant: TenantID, agents: [AgentID]) {
        self.tenant = tenant
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(id: try row.decode(AgentID.self, at: 0), name: try row.decode(String.self, at: 1))
    }
}

/// The name of a queue.
public struct LoadQueueName: Statement {
    public typealias Row = String
    public static let sql = "SELECT name FROM docket.queue WHERE tenant_id = $1 AND id = $2"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> String {
        try row.decode(String.self, at: 0)
    }
}
