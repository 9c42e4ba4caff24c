/// When a provider's agent sees what is said inside about a ticket that he sees (features.md A3.15).
enum InternalSight {
    /// Whether he has the ticket, is offered it, or is asked about it now. The tenant is `$1`.
    ///
    /// - Parameters:
    ///   - ticket: the parameter or column that names the ticket.
    ///   - viewer: the parameter that holds him.
    static func condition(ticket: String = "$2", viewer: String) -> String {
        """
        (EXISTS (SELECT FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = \(ticket) AND (t.assignee_id = \(viewer) OR t.offered_agent_id = \(viewer)))
                OR EXISTS (SELECT FROM docket.consultation s
                    WHERE s.tenant_id = $1 AND s.ticket_id = \(ticket) AND s.agent_id = \(viewer) AND s.state = 'open'))
        """
    }

    /// Him, where he sees none of it, and otherwise null: for whom an event's internal words are left out.
    static func stranger(ticket: String, viewer: String) -> String {
        "CASE WHEN \(viewer)::uuid IS NOT NULL AND NOT \(condition(ticket: ticket, viewer: viewer)) THEN \(viewer) END"
    }
}
