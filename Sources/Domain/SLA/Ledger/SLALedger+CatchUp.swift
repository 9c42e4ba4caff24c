/// Routing gives out tickets by the hundred and writes the clocks of those only under whose policy assigned is something else than waiting (``SLATransition``):
/// for all others no clock starts, stops or pauses. Their ledgers may therefore know an older state than the tickets' rows; whoever uses one next tells it.
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
}
