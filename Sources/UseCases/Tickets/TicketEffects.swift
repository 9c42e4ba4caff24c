import Domain
import Store

/// What a change of a ticket means outside its row: agents' loads, the queue, the signals. Derived, never decided here.
struct TicketEffects: Sendable {
    let loads: [AdjustLoads.Change]
    let queue: QueueEffect
    /// Agents who got room or work that may let somebody else be served.
    let agentsWithRoom: [AgentID]

    enum QueueEffect: Sendable {
        case none
        case put(RoutingEntry)
        case remove
    }

    /// - Parameter dueAt: when the ticket's next promise is due, after the change.
    init(of change: TicketChange, dueAt: Timestamp?, rules: TicketRules, configuration: TenantConfiguration) {
        loads = Self.loads(of: change, lifecycle: rules.lifecycle, waitingPercent: configuration.lifecycle.waitingLoadPercent)
        agentsWithRoom = loads.filter { $0.delta < 0 }.map(\.agent)
        queue = Self.queue(of: change, dueAt: dueAt, configuration: configuration)
    }

    private static func loads(of change: TicketChange, lifecycle: Lifecycle, waitingPercent: Int) -> [AdjustLoads.Change] {
        let former = change.before?.holderID
        let current = change.after.holderID
        let taken = change.before?.load(in: lifecycle, waitingPercent: waitingPercent) ?? 0
        let taking = change.after.load(in: lifecycle, waitingPercent: waitingPercent)
        let channel = change.after.content.channel
        let wasAsked = change.before?.offer != nil
        if former == current {
            guard let current else { return [] }
            // What he was asked to take is his: now he has got it.
            let isTaken = wasAsked && change.after.offer == nil
            guard taking != taken || isTaken else { return [] }
            // Whoever solves what waited for somebody else has no work to wrap up.
            let wasOpen = change.before.map { lifecycle.category(of: $0.state) == .open } ?? false
            let hasFinished = wasOpen && lifecycle.category(of: change.after.state) == .solved
            return [
                AdjustLoads.Change(
                    agent: current,
                    channel: channel,
                    delta: taking - taken,
                    wasAssigned: isTaken,
                    hasFinished: hasFinished,
                    endsOffer: isTaken
                )
            ]
        }
        var changes: [AdjustLoads.Change] = []
        if let former, taken > 0 || wasAsked {
            changes.append(AdjustLoads.Change(agent: former, channel: channel, delta: -taken, endsOffer: wasAsked))
        }
        if let current { changes.append(AdjustLoads.Change(agent: current, channel: channel, delta: taking, wasAssigned: true)) }
        return changes
    }

    private static func queue(of change: TicketChange, dueAt: Timestamp?, configuration: TenantConfiguration) -> QueueEffect {
        let wasWaiting = change.before?.isWaitingForAgent ?? false
        guard change.after.isWaitingForAgent, let entry = RoutingEntry(waiting: change.after, dueAt: dueAt, configuration: configuration) else {
            return wasWaiting ? .remove : .none
        }
        // A waiting ticket is written again whenever anything about it changed: its entry carries the version that an assignment is checked against.
        return .put(entry)
    }
}

extension RoutingEntry {
    /// The entry of a waiting ticket, or nil where its queue is not known. One that nobody took in all rounds has an entry, too, whether it is given out or
    /// waits for a claim: the queue may say otherwise any time.
    ///
    /// - Parameters:
    ///   - dueAt: when its next promise is due: its place in a queue by deadline.
    ///   - time: nil for when the ticket was changed last.
    init?(waiting ticket: Ticket, dueAt: Timestamp?, at time: Timestamp? = nil, configuration: TenantConfiguration) {
        guard let queueID = ticket.content.queueID, let queue = configuration.queues[queueID], let eligibleAt = ticket.eligibleAt else { return nil }
        let rankAt = queue.order.rankAt(
            eligibleAt: eligibleAt,
            priority: ticket.content.priority,
            isVIP: ticket.content.isRequesterVIP,
            dueAt: dueAt
        )
        let routing = RoutingTicket(ticket, eligibleAt: eligibleAt, rankAt: rankAt)
        let overflow = ticket.overflowedFrom.contains(queueID) ? nil : configuration.overflow(of: queueID)
        let overflowAt = overflow?.time(since: ticket.queuedAt ?? eligibleAt)
        let now = time ?? ticket.updatedAt
        let (rules, isByDeadline) = (queue.rules, queue.order.isByDeadline)
        let stepAt =
            isByDeadline
            ? rules.nextClassChange(eligibleAt: eligibleAt, now: now)
            : rules.schedule.nextStepAt(eligibleAt: eligibleAt, now: now)
        self.init(
            queueID: queueID,
            ticket: routing,
            priority: ticket.content.priority,
            ticketVersion: ticket.version,
            nextStepAt: [stepAt, overflowAt].compactMap(\.self).min(),
            isAhead: ticket.content.isRequesterVIP && queue.order.prefersVIPs,
            overflowAt: overflowAt,
            step: isByDeadline ? rules.classStep(eligibleAt: eligibleAt, now: now) : nil
        )
    }
}
