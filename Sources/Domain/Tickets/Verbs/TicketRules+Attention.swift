/// Urging, and calling for help (features.md A3.7, A3.12).
extension TicketRules {
    /// Somebody wants the ticket to get on, at most once in ``TicketAttention/urgeInterval``.
    public func urge(_ ticket: Ticket, text: String, by actor: Actor, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        if let last = ticket.attention.lastUrgedAt {
            let remaining = last.adding(microseconds: TicketAttention.urgeInterval).microseconds(since: time)
            if remaining > 0 { throw .verb(.urgedRecently(retryAfter: Int((remaining + 999_999) / 1_000_000))) }
        }
        let urged = TicketEvent.Urged(text: text, count: ticket.attention.urgeCount + 1, agentID: ticket.assigneeID)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.urged(urged))])
    }

    /// Starts a run of an escalation chain at once.
    ///
    /// - Parameters:
    ///   - chain: the one of the ticket's queue or policy; nil where there is none.
    ///   - isRunning: whether one is live for the same cause.
    public func escalate(
        _ ticket: Ticket,
        cause: EscalationRequestCause,
        reason: String,
        run: EscalationRunID,
        chain: EscalationChainID?,
        isRunning: Bool,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        guard !isRunning else { throw .verb(.escalationRunning) }
        guard let chain else { throw .verb(.noEscalationPath) }
        let requested = TicketEvent.EscalationRequested(runID: run, chainID: chain, cause: cause, reason: reason)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.escalationRequested(requested))])
    }

    func requireUnsolved(_ ticket: Ticket) throws(TicketRefusal) {
        try requireUnmerged(ticket)
        switch lifecycle.category(of: ticket.state) {
        case .closed: throw .closed(ticket.state)
        case .solved: throw .verb(.solved(ticket.state))
        default: break
        }
    }
}
