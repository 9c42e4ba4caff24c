public import Domain
public import Postgres

/// The names behind rotas, groups and chains: who could be called. Bounded by what a tenant may have, and for each group's members by what is shown.
public struct LoadOnCallDirectory: Statement {
    public enum Role: String, Sendable {
        case agent, group, member, size, chain, endpoint
    }

    public struct Row: Sendable {
        public let role: Role
        /// The group of a member or size, else the thing itself.
        public let id: ID<Row>
        /// A name; of an endpoint its address; empty for a member or size.
        public let name: String
        /// Whether an agent works here, or an endpoint is called.
        public let isActive: Bool
        /// A group's head, a group's member.
        public let agent: AgentID?
        /// How many of a group work here, counted to one more than are called; nil beside a size.
        public let count: Int?
    }

    /// How many members of a group are read.
    public static let shownMembers = 20

    public static let sql = """
        (SELECT 'agent', a.id, a.name, a.active, NULL::uuid, NULL::bigint FROM docket.agent a WHERE a.tenant_id = $1 ORDER BY a.id LIMIT 10000)
        UNION ALL (SELECT 'group', g.id, g.name, true, g.head_agent_id, NULL FROM docket.agent_group g WHERE g.tenant_id = $1 ORDER BY g.id LIMIT 10000)
        UNION ALL SELECT 'member', g.id, '', true, m.agent_id, NULL
            FROM unnest($2::uuid[]) AS g (id), LATERAL (\(CalledMembers.of("g.id", limit: shownMembers))) m
        UNION ALL SELECT 'size', g.id, '', true, NULL, (SELECT count(*) FROM (\(CalledMembers.of("g.id", limit: EscalationLevel.maximumMembers + 1))) counted)
            FROM unnest($2::uuid[]) AS g (id)
        UNION ALL (SELECT 'chain', c.id, c.name, true, NULL, NULL FROM docket.escalation_chain c WHERE c.tenant_id = $1 ORDER BY c.id LIMIT 1000)
        UNION ALL (SELECT 'endpoint', w.id, w.url, w.status = 'active', NULL, NULL FROM docket.webhook_endpoint w WHERE w.tenant_id = $1
            ORDER BY w.id LIMIT 1000)
        """
    let tenant: TenantID
    let groups: [GroupID]

    /// - Parameter groups: whose members are asked for.
    public init(tenant: TenantID, groups: [GroupID]) {
        self.tenant = tenant
        self.groups = groups
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(groups)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            role: try columns.nextCode(),
            id: try columns.next(),
            name: try columns.next(),
            isActive: try columns.next(),
            agent: try columns.nextOptional(),
            count: try columns.nextOptional(Int64.self).map { Int($0) }
        )
    }
}
