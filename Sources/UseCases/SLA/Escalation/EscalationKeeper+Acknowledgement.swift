import Domain
import Store

extension EscalationKeeper {
    /// Somebody takes care of a run. Where it was over by its schedule when a threshold was passed that still waits, the run of that threshold begins; of one that is
    /// live by now somebody takes care, too.
    func acknowledge(_ index: Int, in runs: inout [EscalationRunRecord], ledger: SLALedger, state: TicketState, at time: Timestamp) {
        let calendar = calendar(of: runs[index], ledger: ledger)
        var next = runs[index].run.acknowledge(at: time, calendar: calendar)
        while let succession = next, var new = successor(of: runs[index], by: succession.first, ledger: ledger, among: runs) {
            new.run.take(succession.further)
            begin(&new, ledger: ledger, state: state, at: time)
            guard new.isLive else { return }
            next = acknowledge(successor: &new.run, calendar: calendar, at: time)
            runs.append(new)
        }
    }

    /// One that was over by its schedule when the next of its thresholds was passed goes the way of the first. One that is over by now, and has answered them all,
    /// has nobody who could take care of it.
    private func acknowledge(
        successor run: inout EscalationRun,
        calendar: BusinessCalendar?,
        at time: Timestamp
    ) -> EscalationRun.Succession? {
        var acknowledged = run
        let next = acknowledged.acknowledge(at: time, calendar: calendar)
        if run.isLive(at: time, calendar: calendar) || next != nil { run = acknowledged }
        return next
    }
}
