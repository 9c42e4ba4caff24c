public import Domain
public import Postgres

/// Who is behind the targets of escalation levels now: active agents, heads and members of groups, active endpoints. Inactive agents are nobody.
///
/// The assignees of the tickets and the heads of the tickets' groups are read along.
public struct LoadEscalationPeople: Statement {
    public enum Role: String, Sendable {
        case agent, head, member, endpoint
    }

    public struct Row: Sendable {
        public let role: Role
        /// The group of a head or member, else the agent or endpoint itself.
        public let subject: ID<Row>
        /// The agent; of an endpoint its own id.
        public let id: ID<Row>
        /// Of agents.
        public let email: String
    }

    public static let sql = """
        WITH concerned AS MATERIALIZED (
            SELECT t.assignee_id, t.group_id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = ANY ($2)
        ), grp AS MATERIALIZED (
            SELECT unnest($4::uuid[]) AS id UNION SELECT c.group_id FROM concerned c WHERE c.group_id IS NOT NULL
        )
        SELECT 'agent', a.id, a.id, a.email FROM docket.agent a
        WHERE a.tenant_id = $1 AND a.active AND a.id IN (SELECT unnest($3::uuid[]) UNION SELECT c.assignee_id FROM concerned c)
        UNION ALL
        SELECT 'head', g.id, a.id, a.email FROM docket.agent_group g
        JOIN docket.agent a ON a.tenant_id = $1 AND a.id = g.head_agent_id AND a.active
        WHERE g.tenant_id = $1 AND g.id IN (SELECT grp.id FROM grp)
        UNION ALL
        (SELECT 'member', m.group_id, a.id, a.email FROM docket.group_member m
        JOIN docket.agent a ON a.tenant_id = $1 AND a.id = m.agent_id AND a.active
        WHERE m.tenant_id = $1 AND m.group_id = ANY ($4) ORDER BY m.group_id, a.id LIMIT 10000)
        UNION ALL
        SELECT 'endpoint', w.id, w.id, '' FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.status = 'active' AND w.id = ANY ($5)
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let agents: [AgentID]
    let groups: [GroupID]
    let endpoints: [WebhookEndpointID]

    public init(tenant: TenantID, tickets: [TicketID], agents: [AgentID], groups: [GroupID], endpoints: [WebhookEndpointID]) {
        self.tenant = tenant
        self.tickets = tickets
        self.agents = agents
        self.groups = groups
        self.endpoints = endpoints
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(agents)
        binder.append(groups)
        binder.append(endpoints)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(role: try columns.nextCode(), subject: try columns.next(), id: try columns.next(), email: try columns.next())
    }
}
