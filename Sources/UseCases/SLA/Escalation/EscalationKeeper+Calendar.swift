import Domain
import Store

extension EscalationKeeper {
    /// The calendar by which a run counts business time: its clock's; where that counts plain time, and where no clock started it, the ticket's, whether a policy
    /// matches or not (sla.md, Target; decision 0041). nil where nobody names one.
    ///
    /// - Parameter ticket: needed only where a run may have been started without a clock.
    func calendar(of run: EscalationRunRecord, ledger: SLALedger, ticket: Ticket? = nil) -> BusinessCalendar? {
        let hasClock = !run.isRequested && run.waitTrigger == nil
        var reference = hasClock ? timer(of: run.trigger, in: ledger)?.promise?.measure.calendar : nil
        reference = reference ?? ledger.facts.calendar
        if !hasClock, reference == nil { reference = ticket.flatMap { promises.calendar(of: $0, policy: nil, queues: queues)?.reference } }
        return reference.flatMap { promises.engine.context.calendars[$0] }
    }
}
