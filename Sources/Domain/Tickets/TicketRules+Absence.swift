/// What becomes of tickets whose agent is not there (routing.md F; features.md A3.13).
extension TicketRules {
    /// Takes from an agent who went away a ticket that nobody has answered since he got it, and puts it back into its queue with its place kept.
    ///
    /// - Parameters:
    ///   - isAnswered: whether an agent has replied to the customer since: the state does not tell, because work may begin without a reply, and a ticket
    ///     that was answered may be given to somebody else.
    ///   - isAnsweredToo: also what is answered, where it waits for nobody else.
    /// - Returns: no events where the ticket stays: it is answered, waits for others, has no queue, or another agent has it by now.
    public func requeue(
        _ ticket: Ticket,
        from agent: AgentID,
        isAnswered: Bool,
        isAnsweredToo: Bool = false,
        by actor: Actor,
        at time: Timestamp
    ) -> TicketChange {
        let mayGo = lifecycle.category(of: ticket.state) == .open && (isAnsweredToo || !isAnswered)
        guard ticket.assigneeID == agent, mayGo, ticket.content.queueID != nil else { return .unchanged(ticket) }
        return TicketChange(
            of: ticket,
            by: actor,
            at: time,
            [
                .unassigned(TicketEvent.Unassigned(agentID: agent, cause: .agentGone)),
                .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: .waitingAssignment, cause: .requeue)),
            ]
        )
    }

    /// Takes every unsolved ticket from an agent who works here no more. What waits for the customer keeps waiting, and goes back to the queue when he writes.
    /// What is on hold goes back at once: nobody but its agent would take it up again (decision 42).
    public func redistribute(_ ticket: Ticket, from agent: AgentID, by actor: Actor, at time: Timestamp) -> TicketChange {
        TicketChange(of: ticket, by: actor, at: time, leavingForGood(ticket, agent))
    }

    /// The same for a ticket on which work begins again, or that somebody waits for, after its agent has left for good: what was solved was left with him.
    ///
    /// - Parameter change: what has just been decided.
    public func redistributeAfter(_ change: TicketChange) -> TicketChange {
        guard !change.isEmpty, let agent = change.after.assigneeID else { return change }
        return change.appending(leavingForGood(change.after, agent), by: .system)
    }

    private func leavingForGood(_ ticket: Ticket, _ agent: AgentID) -> [TicketEvent.Payload] {
        guard ticket.assigneeID == agent, let category = lifecycle.category(of: ticket.state), category.isUnsolved else { return [] }
        let unassigned = TicketEvent.Payload.unassigned(TicketEvent.Unassigned(agentID: agent, cause: .agentLeft))
        guard category == .open || category == .hold else { return [unassigned] }
        let target: TicketState = ticket.content.queueID == nil ? .new : .waitingAssignment
        return [unassigned, .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: target, cause: .requeue))]
    }

    /// A customer's message to a ticket whose agent is away, or work that begins again on what he has not answered: after it, the ticket is in its queue again,
    /// and goes to the same agent if he is back when its turn comes.
    public func requeueAfter(_ change: TicketChange) -> TicketChange {
        let ticket = change.after
        guard let agent = ticket.assigneeID, lifecycle.category(of: ticket.state) == .open, ticket.content.queueID != nil else { return change }
        return change.appending(
            [
                .unassigned(TicketEvent.Unassigned(agentID: agent, cause: .agentGone, isPreferred: true)),
                .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: .waitingAssignment, cause: .requeue)),
            ],
            by: .system
        )
    }
}
