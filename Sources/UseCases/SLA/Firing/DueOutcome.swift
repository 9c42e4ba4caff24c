import Domain
import Store

/// What is to be written for one ticket of a batch.
struct DueOutcome: Sendable {
    /// An event that an endpoint hears whatever it subscribed to.
    struct Call: Sendable {
        let sequence: Int
        let endpoint: WebhookEndpointID
    }

    let head: DueTicket
    /// Empty where nothing was due after all: then only the timers' rows are put right.
    let events: [TicketEvent]
    /// The change of the ticket's row, where more than its counters changed.
    let change: TicketChange?
    /// Its tasks, where plans started and the row is not written as a whole.
    let tasks: TicketTaskCounts?
    let promises: PromiseChange
    let steps: [EscalationStep]
    let calls: [Call]
    /// Who is told when his quiet hours end.
    let holds: [HeldNotice]
    /// Who follows the ticket from now on.
    let newFollowers: [AgentID]
    /// The ticket's subject and number, for mails.
    let ticket: Ticket?
    /// Whether the ticket had no clocks before.
    let isFirstLedger: Bool
    /// The queue's entry, where its place in the queue follows from its promises.
    let entry: RoutingEntry?

    /// Thresholds alone: the ticket itself need not be known.
    init(firing decision: DueDecision, now: Timestamp) {
        let instant = max(now, decision.head.updatedAt)
        head = decision.head
        events = decision.firings.enumerated().map { offset, firing in
            TicketEvent(
                ticketID: decision.head.id,
                sequence: decision.head.lastSequence + 1 + offset,
                version: decision.head.version + 1,
                at: instant,
                actor: .scheduler,
                payload: firing.payload
            )
        }
        change = nil
        tasks = nil
        // With nothing due the rows say something else than clocks and runs, such as what an earlier version wrote: all of them are written again.
        let before = events.isEmpty ? .none : decision.before
        promises = PromiseChange(
            of: decision.head.id,
            from: before,
            to: decision.ledger,
            runs: decision.runs,
            firings: decision.firings,
            at: instant
        )
        steps = []
        calls = []
        holds = []
        newFollowers = []
        ticket = nil
        isFirstLedger = false
        entry = nil
    }

    /// Another promise, by which nothing of the ticket changes but its counters.
    ///
    /// - Parameter entry: where it waits in a queue by deadline.
    init(promising change: TicketChange, of ticket: Ticket, promises: PromiseChange, isFirstLedger: Bool, entry: RoutingEntry?) {
        head = DueTicket(ticket)
        events = change.events
        self.change = nil
        tasks = change.startedTasks
        self.promises = promises
        self.isFirstLedger = isFirstLedger
        self.entry = entry
        steps = []
        calls = []
        holds = []
        newFollowers = []
        self.ticket = nil
    }

    /// - Parameter isRowChanged: whether more than the ticket's counters changed.
    init(_ decision: DueDecision, change: TicketChange, isRowChanged: Bool, promises: PromiseChange, calls: [Call], holds: [HeldNotice]) {
        head = decision.head
        events = change.events
        self.change = isRowChanged ? change : nil
        tasks = isRowChanged ? nil : change.startedTasks
        self.promises = promises
        steps = decision.steps
        self.calls = calls
        self.holds = holds
        newFollowers = change.addedFollowers
        ticket = decision.ticket
        isFirstLedger = false
        entry = nil
    }

    /// Whose ticket it is now, where its requester has moved.
    var moves: [(ticket: TicketID, organization: OrganizationID?)] {
        guard change == nil else { return [] }
        return events.compactMap { event in
            if case .organizationChanged(let moved) = event.payload { (head.id, moved.to) } else { nil }
        }
    }

    /// The ticket's counters after the events; nil without events, and where the whole row is written.
    var advance: TicketAdvance? {
        guard change == nil, let last = events.last else { return nil }
        return TicketAdvance(ticket: head.id, version: last.version, lastSequence: last.sequence, updatedAt: last.at)
    }
}

extension TicketChange {
    /// The ticket's tasks after a change that started plans; nil where it started none.
    var startedTasks: TicketTaskCounts? {
        after.attention == before?.attention ? nil : TicketTaskCounts(ticket: after.id, attention: after.attention)
    }
}
