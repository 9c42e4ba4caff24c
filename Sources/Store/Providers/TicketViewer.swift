public import Domain
public import Postgres

/// What an agent of a provider sees: the tickets that he has, had, is offered, or was asked about (features.md A3.15).
enum TicketViewer {
    /// A condition that holds for all tickets where the viewer is null.
    ///
    /// - Parameters:
    ///   - ticket: the column with the ticket's id.
    ///   - viewer: the placeholder of the agent; the tenant is `$1`.
    static func condition(on ticket: String, viewer: String) -> String {
        "(\(viewer)::uuid IS NULL OR \(ticket) IN (\(tickets(of: viewer))))"
    }

    /// The ids of all that he sees, some of them twice, from indexes that lead with him. The tenant is `$1`.
    static func tickets(of viewer: String) -> String {
        """
        SELECT v.id FROM docket.ticket v WHERE v.tenant_id = $1 AND v.assignee_id = \(viewer) AND \(TicketHands.inHand("v"))
        UNION ALL SELECT v.id FROM docket.ticket v WHERE v.tenant_id = $1 AND v.assignee_id = \(viewer) AND \(TicketHands.done("v"))
        UNION ALL SELECT o.id FROM docket.ticket o WHERE o.tenant_id = $1 AND o.offered_agent_id = \(viewer)
        UNION ALL SELECT f.ticket_id FROM docket.former_agent f WHERE f.tenant_id = $1 AND f.agent_id = \(viewer)
        UNION ALL SELECT c.ticket_id FROM docket.consultation c WHERE c.tenant_id = $1 AND c.agent_id = \(viewer)
        """
    }

    /// The same for a few tickets, each looked up by itself, however many he sees. The tenant is `$1`.
    ///
    /// Not `EXISTS`: a planner with statistics may read all tickets of the tenant for it.
    static func sees(_ ticket: String, viewer: String) -> String {
        """
        coalesce(
            (SELECT v.id FROM docket.ticket v WHERE v.tenant_id = $1 AND v.id = \(ticket) AND (v.assignee_id = \(viewer) OR v.offered_agent_id = \(viewer))),
            (SELECT f.ticket_id FROM docket.former_agent f WHERE f.tenant_id = $1 AND f.agent_id = \(viewer) AND f.ticket_id = \(ticket)),
            (SELECT c.ticket_id FROM docket.consultation c WHERE c.tenant_id = $1 AND c.agent_id = \(viewer) AND c.ticket_id = \(ticket) LIMIT 1)
        ) IS NOT NULL
        """
    }
}

/// Whether an agent of a provider sees a ticket.
public struct TicketIsVisible: Statement {
    public typealias Row = Bool
    public static let sql = """
        SELECT EXISTS (SELECT FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = $2 AND (t.assignee_id = $3 OR t.offered_agent_id = $3
            OR EXISTS (SELECT FROM docket.former_agent f WHERE f.tenant_id = $1 AND f.agent_id = $3 AND f.ticket_id = t.id)
            OR EXISTS (SELECT FROM docket.consultation c WHERE c.tenant_id = $1 AND c.agent_id = $3 AND c.ticket_id = t.id)))
        """
    let tenant: TenantID
    let ticket: TicketID
    let viewer: AgentID

    public init(tenant: TenantID, ticket: TicketID, viewer: AgentID) {
        self.tenant = tenant
        self.ticket = ticket
        self.viewer = viewer
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
