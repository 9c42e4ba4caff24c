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

    init(of change: TicketChange, rules: TicketRules, configuration: TenantConfiguration) {
        loads = Self.loads(of: change, lifecycle: rules.lifecycle)
        agentsWithRoom = loads.filter { $0.delta < 0 }.map(\.agent)
        queue = Self.queue(of: change, configuration: configuration)
    }

    private static func loads(of change: TicketChange, lifecycle: Lifecycle) -> [AdjustLoads.Change] {
        let former = change.before?.assigneeID
        let current = change.after.assigneeID
        let taken = change.before?.load(in: lifecycle) ?? 0
        let taking = change.after.load(in: lifecycle)
        let channel = change.after.content.channel
        if former == current {
            guard let current, taking != taken else { return [] }
            let isSolved = lifecycle.category(of: change.after.state) == .solved
            return [AdjustLoads.Change(agent: current, channel: channel, delta: taking - taken, hasFinished: isSolved)]
        }
        var changes: [AdjustLoads.Change] = []
        if let former, taken > 0 { changes.append(AdjustLoads.Change(agent: former, channel: channel, delta: -taken)) }
        if let current { changes.append(AdjustLoads.Change(agent: current, channel: channel, delta: taking, wasAssigned: true)) }
        return changes
    }

    private static func queue(of change: TicketChange, configuration: TenantConfiguration) -> QueueEffect {
        let wasWaiting = change.before?.isWaitingForAgent ?? false
        guard change.after.isWaitingForAgent, let entry = RoutingEntry(waiting: change.after, configuration: configuration) else {
            return wasWaiting ? .remove : .none
        }
        // A waiting ticket is written again whenever anything about it changed: its entry carries the version that an assignment is checked against.
        return .put(entry)
    }
}

extension RoutingEntry {
    /// The entry of a waiting ticket, or nil where its queue is not known.
    init?(waiting ticket: Ticket, configuration: TenantConfiguration) {
        guard let queueID = ticket.content.queueID, let queue = configuration.queues[queueID], let eligibleAt = ticket.eligibleAt else { return nil }
        let routing = RoutingTicket(
            id: ticket.id,
            eligibleAt: eligibleAt,
            rankAt: queue.order.rankAt(eligibleAt: eligibleAt, priority: ticket.content.priority),
            requirements: ticket.content.skills,
            channel: ticket.content.channel,
            weight: ticket.content.weight,
            preferredAgent: ticket.content.preferredAgentID
        )
        self.init(
            queueID: queueID,
            ticket: routing,
            priority: ticket.content.priority,
            ticketVersion: ticket.version,
            nextStepAt: queue.rules.schedule.nextStepAt(eligibleAt: eligibleAt, now: ticket.updatedAt)
        )
    }
}
