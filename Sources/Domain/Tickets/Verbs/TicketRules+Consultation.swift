/// Asking a colleague while the ticket stays where it is; its clocks run on (features.md A3.7).
extension TicketRules {
    /// - Parameters:
    ///   - consultation: the id of the new consultation.
    ///   - agent: who is asked.
    public func consult(
        _ ticket: Ticket,
        consultation: ConsultationID,
        agent: AgentID,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        guard let owner = ticket.assigneeID else { throw .needsAssignee }
        guard agent != owner else { throw .verb(.asksOwner) }
        guard ticket.attention.openConsultations < TicketAttention.maximumConsultations else { throw .verb(.tooManyConsultations) }
        let consulted = TicketEvent.Consulted(consultationID: consultation, agentID: agent)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.consulted(consulted))])
    }

    /// The colleague answers: his answer is an internal note of his.
    public func answer(
        _ consultation: Consultation,
        of ticket: Ticket,
        with note: TicketMessage,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        guard actor == .agent(consultation.agentID) else { throw .verb(.notYours) }
        guard consultation.state == .open else { throw .verb(.consultationClosed) }
        let closed = TicketEvent.ConsultationClosed(consultationID: consultation.id, agentID: consultation.agentID, messageID: note.id)
        return TicketChange(
            of: ticket,
            by: actor,
            at: time,
            message: note,
            [
                .verb(.consultationAnswered(closed)),
                .messageAdded(TicketEvent.MessageAdded(messageID: note.id, isPublic: false, author: note.author.kind)),
            ]
        )
    }

    /// Who asked needs no answer any more. The agent who has the ticket may say so too: it may have come to him since.
    public func cancel(
        _ consultation: Consultation,
        of ticket: Ticket,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        let isOwner = actor.agentID != nil && actor.agentID == ticket.assigneeID
        guard actor == consultation.askedBy || isOwner || actor.kind == .api else { throw .verb(.notYours) }
        guard consultation.state == .open else { throw .verb(.consultationClosed) }
        let closed = TicketEvent.ConsultationClosed(consultationID: consultation.id, agentID: consultation.agentID, messageID: nil)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.consultationCancelled(closed))])
    }

    /// What colleagues are being asked about is not solved, nor is what has required tasks to be done.
    func refuseSolving(_ ticket: Ticket, _ target: TicketState) throws(TicketRefusal) {
        guard lifecycle.category(of: target)?.isUnsolved == false else { return }
        guard ticket.attention.openConsultations == 0 else { throw .verb(.consultationsOpen(ticket.attention.openConsultations)) }
        try requireTasksDone(ticket)
    }
}
