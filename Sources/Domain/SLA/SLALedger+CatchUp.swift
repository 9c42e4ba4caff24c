/// Routing gives out tickets by the hundred and does not write their clocks: from waiting to assigned no metric of sla.md starts, stops or pauses.
/// A ledger may therefore know an older state than the ticket's row; whoever uses it next tells it.
///
/// Not exact for a policy that pauses by a state on one side of that step only (`waiting_assignment`, `assigned`): its pause is noticed with the
/// ticket's next change.
extension SLALedger {
    /// What brings the ledger to the state of the ticket's row; empty where it knows it.
    public func signalsMissed(by ticket: Ticket, lifecycle: Lifecycle) -> [SLASignal] {
        guard let last = facts.lastSignalAt, !facts.isFinished, facts.state != nil, facts.state != ticket.state.rawValue,
            let category = lifecycle.category(of: ticket.state)
        else { return [] }
        let time = max(last, ticket.updatedAt)
        return [
            SLASignal(at: time, .stateEntered(category, name: ticket.state.rawValue)),
            SLASignal(at: time, .stageEntered(lifecycle.stage(of: ticket.state))),
        ]
    }

    /// This ledger after what its history has beyond it.
    ///
    /// - Throws: ``SLAError``.
    public func caughtUp(with history: [TicketEvent], engine: SLAEngine, lifecycle: Lifecycle) throws(SLAError) -> SLALedger {
        guard let last = facts.lastSignalAt else { return self }
        let missed = history.flatMap { $0.signals(lifecycle: lifecycle) }.filter { $0.at > last }
        var ledger = self
        _ = try engine.apply(missed, to: &ledger)
        return ledger
    }
}
