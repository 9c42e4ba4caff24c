import Domain
import Store

/// One step of a run that was taken: what was recorded, and who is to be told.
struct EscalationStep: Sendable {
    let run: EscalationRunID
    let chain: EscalationChainID
    let firing: EscalationFiring
    /// The level's actions; none unless it fired.
    let actions: [EscalationAction]
    let recipients: EscalationRecipients

    /// Whom the level gives the ticket to.
    var newAssignee: AgentID? { actions.contains(.reassign) ? recipients.agents.first : nil }

    /// Where mail goes.
    var mailAddresses: [String] { actions.contains(.notify) ? recipients.addresses : [] }

    var payload: TicketEvent.Payload {
        .escalated(
            TicketEvent.Escalated(
                runID: run,
                chainID: chain,
                round: firing.round,
                level: firing.level,
                outcome: firing.outcome.rawValue,
                scheduledFor: firing.scheduledFor,
                isLate: firing.isLate,
                notified: actions.contains(.notify) ? recipients.agents : []
            )
        )
    }
}

extension StoredRun {
    /// Takes every step of the run that is due, in order.
    ///
    /// - Parameters:
    ///   - assignee: who has the ticket; changes with the levels that reassign it, so that later levels see it.
    ///   - recipients: who is behind a level for an assignee.
    /// - Throws: ``CalendarError``; nothing changed then.
    mutating func fire(
        now: Timestamp,
        calendar: BusinessCalendar?,
        assignee: inout AgentID?,
        recipients: (EscalationLevel, AgentID?) -> EscalationRecipients
    ) throws(CalendarError) -> [EscalationStep] {
        var owner = assignee
        // Levels are asked for in the order in which they are taken: those that found somebody are those that fired.
        var found: [EscalationRecipients] = []
        let firings = try run.fire(now: now, calendar: calendar) { level in
            let people = recipients(level, owner)
            guard !people.isEmpty else { return false }
            found.append(people)
            if level.actions.contains(.reassign), let next = people.agents.first { owner = next }
            return true
        }
        assignee = owner
        var next = found.makeIterator()
        return firings.map { firing in
            guard firing.outcome == .fired, let people = next.next() else {
                return EscalationStep(run: id, chain: chain, firing: firing, actions: [], recipients: EscalationRecipients())
            }
            let actions = run.chain.levels[firing.level].actions
            return EscalationStep(run: id, chain: chain, firing: firing, actions: actions, recipients: people)
        }
    }
}
