public import Domain
public import Postgres

/// The names behind rotas, groups and chains: who could be called. Bounded by what a tenant may have.
public struct LoadOnCallDirectory: Statement {
    public enum Role: String, Sendable {
        case agent, group, member, chain, endpoint
    }

    public struct Row: Sendable {
        public let role: Role
        /// The group of a member, else the thing itself.
        public let id: ID<Row>
        /// A name; of an endpoint its address; empty for a member.
        public let name: String
        /// Whether an agent works here, or an endpoint is called.
        public let isActive: Bool
        /// A group's head, a group's member.
        public let agent: AgentID?
    }

    public static let sql = """
        (SELECT 'agent', a.id, a.name, a.active, NULL::uuid FROM docket.agent a WHERE a.tenant_id = $1 ORDER BY a.id LIMIT 10000)
        UNION ALL (SELECT 'group', g.id, g.name, true, g.head_agent_id FROM docket.agent_group g WHERE g.tenant_id = $1 ORDER BY g.id LIMIT 10000)
        UNION ALL (SELECT 'member', m.group_id, '', true, m.agent_id FROM docket.group_member m WHERE m.tenant_id = $1
            ORDER BY m.group_id, m.agent_id LIMIT 10000)
        UNION ALL (SELECT 'chain', c.id, c.name, true, NULL FROM docket.escalation_chain c WHERE c.tenant_id = $1 ORDER BY c.id LIMIT 1000)
        UNION ALL (SELECT 'endpoint', w.id, w.url, w.status = 'active', NULL FROM docket.webhook_endpoint w WHERE w.tenant_id = $1
            ORDER BY w.id LIMIT 1000)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            role: try columns.nextCode(),
            id: try columns.next(),
            name: try columns.next(),
            isActive: try columns.next(),
            agent: try columns.nextOptional()
        )
    }
}
