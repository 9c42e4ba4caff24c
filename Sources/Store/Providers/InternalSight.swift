/// When a provider's agent sees what is said inside about a ticket that he sees (features.md A3.15).
enum InternalSight {
    /// Whether he has the ticket, is offered it, or is asked about it now. The tenant is `$1`, the ticket `$2`.
    ///
    /// - Parameter viewer: the parameter that holds him.
    static func condition(viewer: String) -> String {
        """
        (EXISTS (SELECT FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = $2 AND (t.assignee_id = \(viewer) OR t.offered_agent_id = \(viewer)))
                OR EXISTS (SELECT FROM docket.consultation s
                    WHERE s.tenant_id = $1 AND s.ticket_id = $2 AND s.agent_id = \(viewer) AND s.state = 'open'))
        """
    }
}
