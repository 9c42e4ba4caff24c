import Domain
import Store

/// One step of a run that was taken: what was recorded, and who is to be told.
struct EscalationStep: Sendable {
    let run: EscalationRunID
    let chain: EscalationChainID
    let firing: EscalationFiring
    /// The level's actions; none unless it fired.
    let actions: [EscalationAction]
    /// What the level asks to be started.
    let flow: String?
    let recipients: EscalationRecipients
    /// Those of ``recipients`` and the ticket's followers who are told.
    var told: [AgentID] = []
    var notices: [EscalationNotice] = []
    /// The ticket's from this step on; nil before it is known who hears of it.
    var priority: Priority?

    /// Whom the level gives the ticket to.
    var newAssignee: AgentID? { actions.contains(.reassign) ? recipients.taker : nil }

    var payload: TicketEvent.Payload {
        let later = notices.compactMap { notice in if case .wait(let agent, _) = notice { agent } else { nil } }
        return .escalated(
            TicketEvent.Escalated(
                runID: run,
                chainID: chain,
                round: firing.round,
                level: firing.level,
                outcome: firing.outcome.rawValue,
                scheduledFor: firing.scheduledFor,
                isLate: firing.isLate,
                notified: told,
                toldLater: later.isEmpty ? nil : later,
                isCut: recipients.isCut ? true : nil
            )
        )
    }

    /// The event that asks for the level's flow.
    var flowRequest: TicketEvent.Payload? {
        guard actions.contains(.startFlow), let flow else { return nil }
        let request = TicketEvent.FlowStartRequested(flow: flow, runID: run, chainID: chain, round: firing.round, level: firing.level)
        return .verb(.flowStartRequested(request))
    }

    /// Decides how everybody hears of it: those whom the level calls and, as they do, the ticket's followers; of a round without anybody the tenant's
    /// fallback contact.
    ///
    /// - Parameter priority: what the level makes of the ticket's.
    mutating func tell(_ people: EscalationPeople, ticket: Ticket, priority: Priority, now: Timestamp, promises: PromiseConfiguration) {
        self.priority = priority
        if actions.contains(.notify) {
            let followers = (people.followers[ticket.id] ?? []).filter { people.canTell($0) && !recipients.agents.contains($0) }
            told = recipients.agents + followers
            notices = people.notices(to: told, and: recipients.addresses, priority: priority, now: now)
        } else if firing.outcome == .fallback, let contact = promises.fallbackContact {
            notices = [.mail(address: contact)]
        }
    }
}

extension EscalationRunRecord {
    /// Takes every step of the run that is due, in order.
    ///
    /// - Parameters:
    ///   - limit: up to when.
    ///   - assignee: who has the ticket; changes with the levels that reassign it, so that later levels see it.
    ///   - recipients: who is behind a level for an assignee.
    mutating func fire(
        now: Timestamp,
        upTo limit: Timestamp,
        calendar: BusinessCalendar?,
        assignee: inout AgentID?,
        recipients: (EscalationLevel, AgentID?) -> EscalationRecipients
    ) -> [EscalationStep] {
        var owner = assignee
        // Levels are asked for in the order in which they are taken: those that found somebody are those that fired.
        var found: [EscalationRecipients] = []
        let firings = run.fire(now: now, upTo: limit, calendar: calendar) { level in
            let people = recipients(level, owner)
            guard !people.isEmpty else { return false }
            found.append(people)
            if level.actions.contains(.reassign), let next = people.taker { owner = next }
            return true
        }
        assignee = owner
        var next = found.makeIterator()
        return firings.map { firing in
            guard firing.outcome == .fired, let people = next.next() else {
                return EscalationStep(run: id, chain: chain, firing: firing, actions: [], flow: nil, recipients: EscalationRecipients())
            }
            let level = run.chain.levels[firing.level]
            return EscalationStep(run: id, chain: chain, firing: firing, actions: level.actions, flow: level.flow, recipients: people)
        }
    }
}
