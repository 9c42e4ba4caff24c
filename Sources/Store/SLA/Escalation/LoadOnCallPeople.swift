public import Domain
public import Postgres

/// What is known of those whom a report on who would be called speaks of, and of nobody else. Of each group's members as many as are shown.
public struct LoadOnCallPeople: Statement {
    public enum Row: Sendable {
        /// Somebody whom a rota, a chain or a group's head names.
        case agent(id: AgentID, name: String, isActive: Bool)
        /// One of the first of a group; he works here.
        case member(of: GroupID, id: AgentID, name: String)
        /// How many of a group work here, counted to one more than are called.
        case size(of: GroupID, count: Int)
        case endpoint(id: WebhookEndpointID, url: String, isActive: Bool)
    }

    private enum Role: String {
        case agent, member, size, endpoint
    }

    /// How many members of a group are read.
    public static let shownMembers = 20

    public static let sql = """
        SELECT 'agent', a.id, NULL::uuid, a.name, a.active, NULL::bigint FROM docket.agent a WHERE a.tenant_id = $1 AND a.id = ANY ($2)
        UNION ALL SELECT 'member', m.agent_id, g.id, a.name, true, NULL
            FROM unnest($3::uuid[]) AS g (id), LATERAL (\(CalledMembers.of("g.id", limit: shownMembers))) m
            JOIN docket.agent a ON a.tenant_id = $1 AND a.id = m.agent_id
        UNION ALL SELECT 'size', NULL, g.id, '', true, (SELECT count(*) FROM (\(CalledMembers.of("g.id", limit: EscalationLevel.maximumMembers + 1))) counted)
            FROM unnest($3::uuid[]) AS g (id)
        UNION ALL SELECT 'endpoint', w.id, NULL, w.url, w.status = 'active', NULL FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = ANY ($4)
        """
    let tenant: TenantID
    let agents: [AgentID]
    let groups: [GroupID]
    let endpoints: [WebhookEndpointID]

    /// - Parameter groups: whose members are asked for.
    public init(tenant: TenantID, agents: [AgentID], groups: [GroupID], endpoints: [WebhookEndpointID]) {
        self.tenant = tenant
        self.agents = agents
        self.groups = groups
        self.endpoints = endpoints
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
        binder.append(groups)
        binder.append(endpoints)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        switch try row.code(Role.self, at: 0) {
        case .agent:
            .agent(id: try row.decode(AgentID.self, at: 1), name: try row.decode(String.self, at: 3), isActive: try row.decode(Bool.self, at: 4))
        case .member:
            .member(of: try row.decode(GroupID.self, at: 2), id: try row.decode(AgentID.self, at: 1), name: try row.decode(String.self, at: 3))
        case .size:
            .size(of: try row.decode(GroupID.self, at: 2), count: Int(try row.decode(Int64.self, at: 5)))
        case .endpoint:
            .endpoint(
                id: try row.decode(WebhookEndpointID.self, at: 1),
                url: try row.decode(String.self, at: 3),
                isActive: try row.decode(Bool.self, at: 4)
            )
        }
    }
}
