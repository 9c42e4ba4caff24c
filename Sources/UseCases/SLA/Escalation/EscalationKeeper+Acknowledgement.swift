import Domain
import Store

extension EscalationKeeper {
    /// Somebody takes care of a run. Where it was over by its schedule when a threshold was passed that still waits, the run of that threshold begins; of one that is
    /// live by now somebody takes care, too.
    ///
    /// - Throws: ``SLAError/calendar(_:)``.
    func acknowledge(_ index: Int, in runs: inout [EscalationRunRecord], ledger: SLALedger, state: TicketState, at time: Timestamp) throws(SLAError) {
        let calendar = calendar(of: runs[index], ledger: ledger)
        var next = try acknowledge(&runs[index].run, calendar: calendar, at: time)
        while let succession = next, var new = successor(of: runs[index], by: succession.first, ledger: ledger, among: runs) {
            new.run.take(succession.further)
            try begin(&new, ledger: ledger, state: state, at: time)
            guard new.isLive else { return }
            next = try acknowledge(successor: &new.run, calendar: calendar, at: time)
            runs.append(new)
        }
    }

    /// One that was over by its schedule when the next of its thresholds was passed goes the way of the first. One that is over by now, and has answered them all,
    /// has nobody who could take care of it.
    private func acknowledge(
        successor run: inout EscalationRun,
        calendar: BusinessCalendar?,
        at time: Timestamp
    ) throws(SLAError) -> EscalationRun.Succession? {
        var acknowledged = run
        let next = try acknowledge(&acknowledged, calendar: calendar, at: time)
        let isLive = try isLive(run, calendar: calendar, at: time)
        if isLive || next != nil { run = acknowledged }
        return next
    }

    private func acknowledge(
        _ run: inout EscalationRun,
        calendar: BusinessCalendar?,
        at time: Timestamp
    ) throws(SLAError) -> EscalationRun.Succession? {
        do {
            return try run.acknowledge(at: time, calendar: calendar)
        } catch {
            throw .calendar(error)
        }
    }

    private func isLive(_ run: EscalationRun, calendar: BusinessCalendar?, at time: Timestamp) throws(SLAError) -> Bool {
        do {
            return try run.isLive(at: time, calendar: calendar)
        } catch {
            throw .calendar(error)
        }
    }
}
