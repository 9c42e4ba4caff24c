/// Handing a ticket on, giving it back and taking it back (features.md A3.7).
extension TicketRules {
    public enum TransferTarget: Hashable, Sendable {
        case agent(AgentID, isOverCapacity: Bool)
        /// Waits there, with its place in time and its skills kept.
        case queue(QueueID)
    }

    /// Hands the ticket on, to another agent in the state it is in or to another queue.
    ///
    /// - Parameters:
    ///   - group: whose matter it becomes; nil leaves that as it is.
    ///   - note: an internal note to whoever gets it.
    public func transfer(
        _ ticket: Ticket,
        to target: TransferTarget,
        group: GroupID? = nil,
        reason: String,
        note: TicketMessage? = nil,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        var content = ticket.content
        content.groupID = group ?? content.groupID
        var payloads: [TicketEvent.Payload] = []
        switch target {
        case .agent(let agent, let isOverCapacity):
            guard let owner = ticket.assigneeID else { throw .notAssigned }
            guard agent != owner else { throw .verb(.alreadyThere) }
            payloads += edit(ticket, to: content)
            payloads.append(handing(ticket, to: agent, cause: .transfer, isOverCapacity: isOverCapacity))
        case .queue(let queue):
            guard queue != ticket.content.queueID else { throw .verb(.alreadyThere) }
            content.queueID = queue
            // He may serve that queue, too: somebody else gets it next there.
            payloads += leaving(ticket, content: content, cause: .transfer, isExcluded: true)
            payloads += entering(.waitingAssignment, from: ticket.state, cause: .transfer)
        }
        payloads.insert(.verb(.transferred(transferred(ticket, to: target, content: content, reason: reason))), at: 0)
        if let note { payloads.append(.messageAdded(TicketEvent.MessageAdded(messageID: note.id, isPublic: false, author: note.author.kind))) }
        return TicketChange(of: ticket, by: actor, at: time, message: note, payloads)
    }

    /// The agent gives the ticket back: to whoever transferred it to him, else to its queue with its place in time kept.
    ///
    /// - Parameters:
    ///   - previous: who transferred it to him and can take it; nil puts it into its queue.
    ///   - absent: who transferred it to him and is not there: he gets it from the queue if he is back when its turn comes.
    public func giveBack(
        _ ticket: Ticket,
        to previous: (agent: AgentID, isOverCapacity: Bool)?,
        preferring absent: AgentID? = nil,
        reason: String,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        guard let owner = ticket.assigneeID else { throw .notAssigned }
        if let agent = actor.agentID, agent != owner { throw .verb(.notYours) }
        var place = TicketEvent.Place(of: ticket)
        place.agentID = previous?.agent
        let returned = TicketEvent.Returned(from: TicketEvent.Place(of: ticket), to: place, reason: reason)
        var payloads: [TicketEvent.Payload] = [.verb(.returned(returned))]
        if let previous {
            payloads.append(handing(ticket, to: previous.agent, cause: .return, isOverCapacity: previous.isOverCapacity))
        } else {
            var content = ticket.content
            content.preferredAgentID = absent ?? content.preferredAgentID
            payloads += leaving(ticket, content: content, cause: .return)
            payloads += entering(ticket.content.queueID == nil ? .new : .waitingAssignment, from: ticket.state, cause: .return)
        }
        return TicketChange(of: ticket, by: actor, at: time, payloads)
    }

    /// Who transferred the ticket takes it back, as long as whoever has it now has not begun.
    ///
    /// - Parameters:
    ///   - history: the ticket's last transfer and everything since, see ``TransferHistory``.
    ///   - hasTransferredBefore: whether he who asks transferred it earlier: then it was handed on since.
    ///   - isOverCapacity: whether it takes its former agent beyond his capacity.
    ///   - isFormerAgentThere: whether he is there; where he is not, a ticket that is worked on goes into its queue and prefers him, as one that is given back does
    ///     (decision 42). What waits for the customer or is on hold is his again all the same: it waits with him as with anybody who is absent.
    public func withdraw(
        _ ticket: Ticket,
        history: TransferHistory,
        hasTransferredBefore: Bool = false,
        isOverCapacity: Bool,
        isFormerAgentThere: Bool = true,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        guard actor == history.actor || actor.kind == .api else { throw .verb(hasTransferredBefore ? .acted(ticket.assigneeID) : .notYours) }
        if history.hasActed() { throw .verb(.acted(ticket.assigneeID)) }
        let former = history.transfer.from
        var content = ticket.content
        // Also where it has overflowed from there since.
        content.queueID = former.queueID
        if content.groupID == history.transfer.to.groupID { content.groupID = former.groupID }
        var state = restored(ticket, history)
        let isHanded = former.agentID != nil && former.agentID != ticket.assigneeID
        let isAway = isHanded && !isFormerAgentThere && lifecycle.category(of: state) == .open
        if isAway {
            content.preferredAgentID = former.agentID
            state = content.queueID == nil ? .new : .waitingAssignment
        }
        let agent = isAway ? nil : former.agentID
        let place = TicketEvent.Place(agentID: agent, queueID: content.queueID, groupID: content.groupID)
        var payloads: [TicketEvent.Payload] = [.verb(.withdrawn(TicketEvent.Withdrawn(from: TicketEvent.Place(of: ticket), to: place)))]
        if let agent {
            payloads += rescinding(ticket) + edit(ticket, to: content)
            if agent != ticket.assigneeID { payloads.append(handing(ticket, to: agent, cause: .withdraw, isOverCapacity: isOverCapacity)) }
        } else {
            payloads += leaving(ticket, content: content, cause: .withdraw)
        }
        payloads += entering(state, from: ticket.state, cause: .withdraw)
        return TicketChange(of: ticket, by: actor, at: time, payloads)
    }

    /// The state before the transfer; what waited for a customer who has written since is worked on, or waits for an agent where it had none.
    private func restored(_ ticket: Ticket, _ history: TransferHistory) -> TicketState {
        guard lifecycle.category(of: ticket.state) != .open || history.transfer.to.agentID == nil else { return ticket.state }
        let isAnswered = lifecycle.category(of: history.transfer.state) == .pending && history.hasCustomerWritten
        guard isAnswered else { return history.transfer.state }
        if history.transfer.from.agentID != nil { return .inProgress }
        return history.transfer.from.queueID == nil ? .new : .waitingAssignment
    }

    private func transferred(_ ticket: Ticket, to target: TransferTarget, content: TicketContent, reason: String) -> TicketEvent.Transferred {
        var place = TicketEvent.Place(agentID: nil, queueID: content.queueID, groupID: content.groupID)
        if case .agent(let agent, _) = target { place.agentID = agent }
        return TicketEvent.Transferred(from: TicketEvent.Place(of: ticket), to: place, state: ticket.state, reason: reason)
    }

    private func edit(_ ticket: Ticket, to content: TicketContent) -> [TicketEvent.Payload] {
        let changed = ticket.content.names(ofFieldsThatDifferFrom: content)
        guard !changed.isEmpty else { return [] }
        let updated = TicketEvent.Updated(changed: changed, before: ticket.content, after: content, reason: nil)
        return [.updated(updated)] + restartingRounds(of: ticket, in: content.queueID)
    }

    /// Takes the ticket from its agent. Whoever gave it away is no longer the one whom routing prefers.
    ///
    /// - Parameter isExcluded: whether somebody else is to get it next; nil says nothing of it.
    func leaving(
        _ ticket: Ticket,
        content: TicketContent,
        cause: TicketEvent.Unassigned.Cause,
        isExcluded: Bool? = nil
    ) -> [TicketEvent.Payload] {
        var content = content
        guard let owner = ticket.assigneeID else { return rescinding(ticket) + edit(ticket, to: content) }
        if content.preferredAgentID == owner { content.preferredAgentID = nil }
        return [.unassigned(TicketEvent.Unassigned(agentID: owner, cause: cause, isExcluded: isExcluded))] + edit(ticket, to: content)
    }

    private func handing(
        _ ticket: Ticket,
        to agent: AgentID,
        cause: TicketEvent.Assigned.Cause,
        isOverCapacity: Bool
    ) -> TicketEvent.Payload {
        .assigned(
            TicketEvent.Assigned(
                agentID: agent,
                previousAgentID: ticket.assigneeID,
                cause: cause,
                isOverCapacity: isOverCapacity,
                step: nil,
                rank: nil
            )
        )
    }

    private func entering(_ target: TicketState, from state: TicketState, cause: TicketEvent.StateChanged.Cause) -> [TicketEvent.Payload] {
        target == state ? [] : [.stateChanged(TicketEvent.StateChanged(from: state, to: target, cause: cause))]
    }
}
