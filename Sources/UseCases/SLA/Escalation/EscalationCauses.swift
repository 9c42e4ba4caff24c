import Domain
import Store

/// What a command means to the runs of escalation chains, beside its clocks.
struct EscalationCauses {
    /// A chain that starts because of the wait for an agent.
    struct Wait {
        let trigger: QueueEscalation.Trigger
        let chain: EscalationChainID
        /// t0: in the future for a wait that may end before.
        let startsAt: Timestamp
        /// What it counts of open time until then, from when on; nil for plain time.
        let counted: (amount: Int64, since: Timestamp)?
    }

    /// Calls for help; each starts its chain.
    var requests: [TicketEvent.EscalationRequested] = []
    /// The runs that somebody takes care of from now on.
    var acknowledged: Set<EscalationRunID> = []
    var waits: [Wait] = []
    /// Whether the ticket waits for an agent from now on, or in another queue.
    var beginsToWait = false
    /// Whether the ticket waits for an agent again, after something else. Routing's own assignments leave runs to the scheduler, so that one may still be there that belongs
    /// to the wait before.
    var waitsAgain = false
    /// Whether the ticket was merged into another one, which ends every run (sla.md, Escalation chains, rule 4).
    var isMerged = false

    var isEmpty: Bool { requests.isEmpty && acknowledged.isEmpty && waits.isEmpty }

    init() {}

    init(of change: TicketChange, configuration: TenantConfiguration) {
        for event in change.events {
            switch event.payload {
            case .verb(.merged): isMerged = true
            case .verb(.escalationRequested(let request)): requests.append(request)
            case .verb(.escalationAcknowledged(let acknowledgement)): acknowledged.insert(acknowledgement.runID)
            case .offerRoundEnded(let round) where round.isLast: addWait(.noTaker, of: change.after, at: event.at, configuration)
            default: break
            }
        }
        beginsToWait = change.beginsToWait
        waitsAgain = beginsToWait && change.before?.state != .waitingAssignment
        if beginsToWait { addWait(.unassigned, of: change.after, at: change.after.updatedAt, configuration) }
    }

    /// Whether a run belongs to a wait that has ended: the ticket waits again; or, where it has not begun yet, elsewhere.
    func waitsAnew(_ stored: EscalationRunRecord, at time: Timestamp) -> Bool {
        guard let trigger = stored.waitTrigger else { return false }
        if waitsAgain { return true }
        guard stored.run.startedAt > time else { return false }
        return beginsToWait || waits.contains { $0.trigger == trigger }
    }

    private mutating func addWait(_ trigger: QueueEscalation.Trigger, of ticket: Ticket, at time: Timestamp, _ configuration: TenantConfiguration) {
        guard let queue = ticket.content.queueID, let escalation = configuration.escalation(trigger, in: queue),
            let chain = configuration.chain(of: escalation, for: ticket)
        else { return }
        let wait = Int64(escalation.afterSeconds ?? 0) * 1_000_000
        let isBusiness = escalation.mode == .business && wait > 0
        let hours = isBusiness ? configuration.hours(of: queue) : nil
        // Hours that cannot be judged stop nothing: plain time is counted then.
        let start = (try? hours?.add(wait, to: time)) ?? time.adding(microseconds: wait)
        waits.append(Wait(trigger: trigger, chain: chain, startsAt: start, counted: isBusiness ? (amount: wait, since: time) : nil))
    }
}

extension TenantConfiguration {
    /// What a queue does for a trigger; nil: nothing of its own.
    func escalation(_ trigger: QueueEscalation.Trigger, in queue: QueueID) -> QueueEscalation? {
        queues[queue]?.escalations.first { $0.trigger == trigger }
    }

    /// The chain that is run: the one that is named, else that for calls for help.
    func chain(of escalation: QueueEscalation, for ticket: Ticket) -> EscalationChainID? {
        escalation.chain.flatMap { promises.chains[$0] == nil ? nil : $0 } ?? escalationPath(of: ticket)
    }
}

extension TicketChange {
    /// Whether the ticket waits for an agent from now on, or in another queue than before.
    fileprivate var beginsToWait: Bool {
        guard after.state == .waitingAssignment, !events.isEmpty else { return false }
        return before?.state != .waitingAssignment || before?.content.queueID != after.content.queueID
    }
}
