public import Domain
public import Postgres

/// Who is behind the targets of escalation levels now: active agents, heads and members of groups, managers, followers, active endpoints. Inactive
/// agents are nobody.
///
/// The assignees of the tickets, the heads of the tickets' groups, and everybody's managers are read along.
public struct LoadEscalationPeople: Statement {
    public enum Role: String, Sendable {
        case agent, head, member, manager, follower, endpoint
    }

    public struct Row: Sendable {
        public let role: Role
        /// The group of a head or member, the agent of a manager, the ticket of a follower, else the agent or endpoint itself.
        public let subject: ID<Row>
        /// The agent; of an endpoint its own id.
        public let id: ID<Row>
        /// Of agents; empty for a follower who works here no more.
        public let email: String
        /// How the agent wants to hear; nil: by mail at once, also where what is stored cannot be understood.
        public let settings: NotificationSettings?
    }

    /// Of a group one more than are called, so that a level can say that there are more.
    static let readMembers = EscalationLevel.maximumMembers + 1

    /// Managers are looked for above everybody who may become the assignee while the levels of one batch fire.
    public static let sql = """
        WITH RECURSIVE concerned AS MATERIALIZED (
            SELECT t.id, t.assignee_id, t.group_id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = ANY ($2)
        ), grp AS MATERIALIZED (
            SELECT unnest($4::uuid[]) AS id UNION SELECT c.group_id FROM concerned c WHERE c.group_id IS NOT NULL
        ), person AS MATERIALIZED (
            SELECT 'agent' AS role, a.id AS subject, a.id FROM docket.agent a
            WHERE a.tenant_id = $1 AND a.active AND a.id IN (SELECT unnest($3::uuid[]) UNION SELECT c.assignee_id FROM concerned c)
            UNION ALL
            SELECT 'head', g.id, g.head_agent_id FROM docket.agent_group g
            WHERE g.tenant_id = $1 AND g.id IN (SELECT grp.id FROM grp) AND g.head_agent_id IS NOT NULL
            UNION ALL
            SELECT 'member', g.id, m.agent_id FROM unnest($4::uuid[]) AS g (id), LATERAL (\(CalledMembers.of("g.id", limit: readMembers))) m
        ), up AS (
            SELECT p.id AS subject, a.manager_id AS id FROM person p
            JOIN docket.agent a ON a.tenant_id = $1 AND a.id = p.id WHERE a.manager_id IS NOT NULL
            UNION
            SELECT up.id, a.manager_id FROM up
            JOIN docket.agent a ON a.tenant_id = $1 AND a.id = up.id WHERE a.manager_id IS NOT NULL
        )
        SELECT p.role, p.subject, a.id, a.email, a.notifications FROM person p JOIN docket.agent a ON a.tenant_id = $1 AND a.id = p.id AND a.active
        UNION ALL
        SELECT 'manager', up.subject, a.id, a.email, a.notifications FROM up JOIN docket.agent a ON a.tenant_id = $1 AND a.id = up.id AND a.active
        UNION ALL
        (SELECT 'follower', f.ticket_id, a.id, CASE WHEN a.active THEN a.email ELSE '' END, a.notifications FROM docket.ticket_follower f
        JOIN docket.agent a ON a.tenant_id = $1 AND a.id = f.agent_id
        WHERE f.tenant_id = $1 AND f.ticket_id = ANY ($2) LIMIT 50000)
        UNION ALL
        (SELECT 'endpoint', w.id, w.id, '', NULL FROM docket.webhook_endpoint w
        WHERE w.tenant_id = $1 AND w.status = 'active' LIMIT 1000)
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let agents: [AgentID]
    let groups: [GroupID]

    public init(tenant: TenantID, tickets: [TicketID], agents: [AgentID], groups: [GroupID]) {
        self.tenant = tenant
        self.tickets = tickets
        self.agents = agents
        self.groups = groups
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(agents)
        binder.append(groups)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            role: try columns.nextCode(),
            subject: try columns.next(),
            id: try columns.next(),
            email: try columns.next(),
            settings: try columns.nextOptional(JSONB.self).flatMap { try? DocumentCoding.decode(NotificationSettings.self, from: $0) }
        )
    }
}
