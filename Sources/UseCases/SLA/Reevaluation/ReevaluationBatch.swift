import Domain
import Store

/// What a part of a re-evaluation comes to: a pure decision about locked tickets.
struct ReevaluationBatch {
    let configuration: TenantConfiguration
    let isForced: Bool
    let now: Timestamp
    private let keeper: PromiseKeeper
    private let rules: TicketRules

    /// Tickets whose requesters belong to another organization than the tickets say, and to which.
    var moves: [TicketID: OrganizationID?] = [:]
    private(set) var outcomes: [DueOutcome] = []
    private(set) var progress = CountReevaluation.Progress()

    /// Tickets without clocks whose history is read in one transaction, and how many events they have together; one ticket alone may have more.
    static let historyLimit = 100
    static let maximumEvents = 10_000

    init(configuration: TenantConfiguration, rules: TicketRules, isForced: Bool, now: Timestamp) {
        self.configuration = configuration
        self.rules = rules
        self.isForced = isForced
        self.now = now
        keeper = PromiseKeeper(configuration: configuration, rules: rules)
    }

    /// Whether the history of a ticket without clocks must be read: a policy promises it something now.
    func needsHistory(_ ticket: Ticket) -> Bool {
        isLive(ticket) && configuration.promises.promise(for: ticket.moving(to: moves[ticket.id]), queues: configuration.queues) != nil
    }

    /// - Parameters:
    ///   - ledgers: the clocks of those that have any; nil in it where a stored document cannot be understood.
    ///   - made: of those that have none what their histories give.
    mutating func judge(
        _ tickets: [Ticket],
        ledgers: [TicketID: SLALedger?],
        runs: [TicketID: [EscalationRunRecord]],
        made: [TicketID: ReplayedClocks]
    ) {
        for ticket in tickets {
            progress.examined += 1
            guard isLive(ticket) else { continue }
            let stored = ledgers[ticket.id]
            if case .some(.none) = stored {
                fail("a ticket's clocks cannot be read")
                continue
            }
            let situation = PromiseSituation(ledger: stored ?? nil, runs: runs[ticket.id] ?? [])
            let isKnown = situation.ledger != nil || made[ticket.id] != nil || moves[ticket.id] != nil
            // Somebody may have called for help with a ticket that no policy matches.
            guard isKnown || !situation.runs.isEmpty else { continue }
            do {
                try judge(ticket, situation: situation, made: made[ticket.id])
            } catch {
                fail("\(error)")
            }
        }
    }

    private mutating func judge(_ ticket: Ticket, situation: PromiseSituation, made: ReplayedClocks?) throws(SLAError) {
        let decided = try keeper.reevaluate(
            ticket,
            situation: situation,
            made: made,
            isForced: isForced,
            organization: moves[ticket.id],
            at: now
        )
        guard let (change, promises) = decided else { return }
        outcomes.append(
            DueOutcome(
                promising: change,
                of: ticket,
                promises: promises,
                isFirstLedger: situation.ledger == nil,
                entry: RoutingEntry(waiting: change.after, byDeadline: promises.nextDueAt, configuration: configuration)
            )
        )
        progress.changed += 1
        progress.breached += promises.firings.count { $0.threshold == .breach && $0.cause == .retarget }
    }

    private func isLive(_ ticket: Ticket) -> Bool { rules.lifecycle.category(of: ticket.state) != .closed }

    private mutating func fail(_ reason: String) {
        progress.failed += 1
        progress.error = reason
    }
}

extension Ticket {
    /// The ticket as it is after a move.
    ///
    /// - Parameter organization: nil: it does not move.
    func moving(to organization: OrganizationID??) -> Ticket {
        organization.map { belonging(to: $0) } ?? self
    }
}

extension RoutingEntry {
    /// The place of a ticket to which something else is promised: only in a queue by deadline does that move it.
    ///
    /// - Parameter dueAt: when its first promise is due.
    init?(waiting ticket: Ticket, byDeadline dueAt: Timestamp?, configuration: TenantConfiguration) {
        guard ticket.isWaitingForAgent, let queue = ticket.content.queueID.flatMap({ configuration.queues[$0] }), queue.order.isByDeadline
        else { return nil }
        self.init(waiting: ticket, dueAt: dueAt, configuration: configuration)
    }
}
