/// The decisions about one ticket: pure functions from the present state and a command to a change or a refusal (design.md 3).
public struct TicketRules: Sendable {
    public let lifecycle: Lifecycle

    public init(lifecycle: Lifecycle) {
        self.lifecycle = lifecycle
    }

    /// A new ticket: waits for an agent at once when it has a queue.
    ///
    /// - Parameters:
    ///   - intake: how it found its queue, where that was decided by conditions and rules.
    ///   - occurredAt: when it really came in, for imports and splits; nil for now.
    ///   - origin: the ticket that it comes from.
    ///   - isThroughVIPKey: whether it, or the ticket that it comes from, came through the key of a VIP.
    public func create(
        id: TicketID,
        number: Int64,
        content: TicketContent,
        intake: IntakeRecord? = nil,
        occurredAt: Timestamp? = nil,
        origin: TicketOrigin? = nil,
        isThroughVIPKey: Bool = false,
        by actor: Actor,
        at time: Timestamp
    ) -> TicketChange {
        let created = TicketEvent.Created(
            number: number,
            content: content,
            state: content.queueID == nil ? .new : .waitingAssignment,
            occurredAt: occurredAt,
            intake: intake,
            origin: origin,
            isThroughVIPKey: isThroughVIPKey ? true : nil
        )
        let event = TicketEvent(ticketID: id, sequence: 1, version: 1, at: time, actor: actor, payload: .created(created))
        return TicketChange(before: nil, after: Ticket(created: created, event: event), events: [event])
    }

    /// Moves the ticket to another state by somebody's decision.
    ///
    /// Nobody works on a ticket without an agent: it does not get in progress, and where it is reopened, or waits for others no more, it goes back to its
    /// queue, as by a customer's reply.
    ///
    /// - Parameter isWithoutAgent: lets it get in progress without an agent, for histories recorded elsewhere.
    public func transition(
        _ ticket: Ticket,
        to wanted: TicketState,
        isWithoutAgent: Bool = false,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        var target = wanted
        guard lifecycle.category(of: target) != nil else { throw .unknownState(target) }
        guard lifecycle.allows(ticket.state, to: target) else {
            throw .transitionNotAllowed(from: ticket.state, to: target, allowed: successors(of: ticket, isWithoutAgent: isWithoutAgent))
        }
        // A queue without a ticket's own agent cannot work on it: a reopened ticket without an agent goes back to the queue.
        if target == .waitingAssignment, ticket.content.queueID == nil {
            throw .transitionNotAllowed(from: ticket.state, to: target, allowed: successors(of: ticket, isWithoutAgent: isWithoutAgent))
        }
        if target == .inProgress, ticket.assigneeID == nil, !isWithoutAgent {
            guard returnsToQueue(from: ticket.state) else {
                throw .transitionNeedsAssignee(from: ticket.state, to: target, allowed: successors(of: ticket, isWithoutAgent: isWithoutAgent))
            }
            target = reopened(ticket)
        }
        try refuseSolving(ticket, target)
        return TicketChange(
            of: ticket,
            by: actor,
            at: time,
            rescinding(ticket) + [.stateChanged(TicketEvent.StateChanged(from: ticket.state, to: target, cause: .transition))]
        )
    }

    /// The states to which a ticket can be moved as it is: with its agent or without, with its queue or without (features.md A4.1).
    private func successors(of ticket: Ticket, isWithoutAgent: Bool) -> [TicketState] {
        lifecycle.successors(of: ticket.state).filter { state in
            switch state {
            case .waitingAssignment: ticket.content.queueID != nil
            case .inProgress: ticket.assigneeID != nil || isWithoutAgent || returnsToQueue(from: ticket.state)
            default: true
            }
        }
    }

    /// Whether a ticket in the state that is to be worked on goes back to its queue where it has no agent.
    private func returnsToQueue(from state: TicketState) -> Bool {
        [.pending, .hold, .solved].contains(lifecycle.category(of: state))
    }

    /// The state in which a ticket is worked on again.
    private func reopened(_ ticket: Ticket) -> TicketState {
        if ticket.assigneeID != nil { return .inProgress }
        return ticket.content.queueID == nil ? .new : .waitingAssignment
    }

    /// Gives the ticket to an agent by hand. May exceed the capacity, which is then recorded (routing.md E).
    public func assign(
        _ ticket: Ticket,
        to agent: AgentID,
        cause: TicketEvent.Assigned.Cause,
        isOverCapacity: Bool,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        // An escalation may concern a ticket that waits for its customer's word, with a clock of that stage.
        if cause == .escalation { try refuseClosed(ticket) } else { try requireUnsolved(ticket) }
        guard ticket.assigneeID != agent else { return .unchanged(ticket) }
        return TicketChange(
            of: ticket,
            by: actor,
            at: time,
            rescinding(ticket) + assignment(of: ticket, to: agent, cause: cause, isOverCapacity: isOverCapacity)
        )
    }

    /// An agent takes a waiting ticket for himself; of many at once exactly one gets it (routing.md G). What is offered to him he accepts that way.
    public func claim(_ ticket: Ticket, by agent: AgentID, isOverCapacity: Bool, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        try refuseClosed(ticket)
        if let owner = ticket.assigneeID { throw .alreadyAssigned(owner) }
        if let offer = ticket.offer {
            guard offer.agentID == agent else { throw .offered(offer.agentID) }
            return try accept(ticket, by: agent, at: time)
        }
        guard lifecycle.category(of: ticket.state) == .new else { throw .notWaiting(ticket.state) }
        return TicketChange(
            of: ticket,
            by: .agent(agent),
            at: time,
            assignment(of: ticket, to: agent, cause: .claim, isOverCapacity: isOverCapacity)
        )
    }

    /// The events of an assignment that routing decided: the same as by hand, with the step and the rank that explain it.
    public func route(
        _ ticket: Ticket,
        to agent: AgentID,
        step: Int?,
        rank: String?,
        others: String?,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        guard ticket.isWaitingForAgent else { throw .notWaiting(ticket.state) }
        let assigned = TicketEvent.Assigned(
            agentID: agent,
            previousAgentID: nil,
            cause: .routing,
            isOverCapacity: false,
            step: step,
            rank: rank,
            others: others
        )
        let entered = TicketEvent.StateChanged(from: ticket.state, to: .assigned, cause: .assignment)
        return TicketChange(of: ticket, by: .dispatcher, at: time, [.assigned(assigned), .stateChanged(entered)])
    }

    /// Sends a ticket that has waited too long on to another queue, with its place in time kept.
    public func overflow(_ ticket: Ticket, to target: QueueID, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        guard ticket.isWaitingForAgent, let queue = ticket.content.queueID, queue != target, !ticket.overflowedFrom.contains(queue) else {
            throw .notWaiting(ticket.state)
        }
        let overflowed = TicketEvent.Payload.overflowed(TicketEvent.Overflowed(from: queue, to: target))
        return TicketChange(of: ticket, by: .dispatcher, at: time, [overflowed] + restartingRounds(of: ticket, in: target))
    }

    /// Takes the ticket from its agent and puts it back into its queue, with its place kept. Somebody else gets it next, as where an offer was declined.
    public func release(_ ticket: Ticket, by actor: Actor, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        try refuseClosed(ticket)
        guard ticket.assigneeID != nil else { throw .notAssigned }
        guard lifecycle.category(of: ticket.state)?.isUnsolved == true else { throw .notWaiting(ticket.state) }
        let target: TicketState = ticket.content.queueID == nil ? .new : .waitingAssignment
        return TicketChange(
            of: ticket,
            by: actor,
            at: time,
            leaving(ticket, content: ticket.content, cause: .release, isExcluded: true)
                + [.stateChanged(TicketEvent.StateChanged(from: ticket.state, to: target, cause: .release))]
        )
    }

    /// Adds a message. An agent's public reply begins the work; a customer's message ends the waiting for him or reopens a resolved ticket.
    public func add(_ message: TicketMessage, to ticket: Ticket, by actor: Actor, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        try refuseClosed(ticket)
        var payloads: [TicketEvent.Payload] = [
            .messageAdded(
                TicketEvent.MessageAdded(messageID: message.id, isPublic: message.visibility == .public, author: message.author.kind)
            )
        ]
        if let target = stateAfter(message, on: ticket) {
            payloads.append(.stateChanged(TicketEvent.StateChanged(from: ticket.state, to: target, cause: .reply)))
        }
        return TicketChange(of: ticket, by: actor, at: time, message: message, payloads)
    }

    /// Changes the content. A ticket that gets its first queue starts to wait there; one that changes queues while it waits keeps its place in time.
    ///
    /// - Parameters:
    ///   - reason: needed where the priority is set by hand (features.md A2.7).
    ///   - followsMatrix: whether the priority is the one that follows from impact and urgency (features.md A2.4).
    public func update(
        _ ticket: Ticket,
        to content: TicketContent,
        reason: String? = nil,
        followsMatrix: Bool = false,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try refuseClosed(ticket)
        let changed = ticket.content.names(ofFieldsThatDifferFrom: content)
        guard !changed.isEmpty else { return .unchanged(ticket) }
        if changed.contains("priority"), !followsMatrix, reason == nil { throw .reasonRequired }
        // What was offered is not what he would get, or he may not be the one to get it.
        var payloads = Self.routed.isDisjoint(with: changed) ? [] : rescinding(ticket)
        payloads.append(.updated(TicketEvent.Updated(changed: changed, before: ticket.content, after: content, reason: reason)))
        payloads += restartingRounds(of: ticket, in: content.queueID)
        if ticket.state == .new, ticket.assigneeID == nil, content.queueID != nil {
            payloads.append(.stateChanged(TicketEvent.StateChanged(from: .new, to: .waitingAssignment, cause: .queued)))
        } else if ticket.state == .waitingAssignment, content.queueID == nil {
            payloads.append(.stateChanged(TicketEvent.StateChanged(from: .waitingAssignment, to: .new, cause: .queued)))
        }
        return TicketChange(of: ticket, by: actor, at: time, payloads)
    }

    /// The fields by which routing chose the agent.
    private static let routed: Set<String> = [
        "queue_id", "required_skills", "optional_skills", "weight", "service_area", "site_id", "latitude", "longitude",
    ]

    private func refuseClosed(_ ticket: Ticket) throws(TicketRefusal) {
        try requireUnmerged(ticket)
        if lifecycle.category(of: ticket.state) == .closed { throw .closed(ticket.state) }
    }

    private func assignment(
        of ticket: Ticket,
        to agent: AgentID,
        cause: TicketEvent.Assigned.Cause,
        isOverCapacity: Bool
    ) -> [TicketEvent.Payload] {
        let assigned = TicketEvent.Assigned(
            agentID: agent,
            previousAgentID: ticket.assigneeID,
            cause: cause,
            isOverCapacity: isOverCapacity,
            step: nil,
            rank: nil
        )
        guard lifecycle.category(of: ticket.state) == .new else { return [.assigned(assigned)] }
        return [.assigned(assigned), .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: .assigned, cause: .assignment))]
    }

    private func stateAfter(_ message: TicketMessage, on ticket: Ticket) -> TicketState? {
        guard message.visibility == .public else { return nil }
        switch message.author {
        case .agent:
            return ticket.state == .assigned ? .inProgress : nil
        case .requester:
            // What is on hold goes on waiting for others, unless nobody is there who would see the message.
            let isNobodysOnHold = lifecycle.category(of: ticket.state) == .hold && ticket.assigneeID == nil
            guard ticket.state == .waitingCustomer || ticket.state == .resolved || isNobodysOnHold else { return nil }
            return reopened(ticket)
        case .system:
            return nil
        }
    }
}
