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

    /// Counts the open time again for which runs wait that no clock started: an edit of their calendar moves what is to come of them, too. Those of a clock follow it.
    /// The wait for an agent counts by the hours of the ticket's queue, whatever its promises count by.
    func recount(_ runs: [EscalationRunRecord], of ticket: Ticket, ledger: SLALedger, at time: Timestamp) -> [EscalationRunRecord] {
        runs.map { stored in
            guard stored.isLive, stored.isRequested || stored.waitTrigger != nil else { return stored }
            var next = stored
            let hours = stored.run.countsToStart ? hours(of: ticket) : calendar(of: stored, ledger: ledger, ticket: ticket)
            next.run.recount(at: time, calendar: hours)
            return next
        }
    }

    private func hours(of ticket: Ticket) -> BusinessCalendar? {
        ticket.content.queueID.flatMap { queues[$0]?.calendarID }.flatMap { promises.compiled[$0] }
    }
}
