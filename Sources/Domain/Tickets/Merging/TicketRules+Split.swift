/// Splitting messages off into a ticket of their own (sla.md, Split), and follow-ups of closed tickets.
extension TicketRules {
    /// What a ticket that comes from another one has of its content: everything about the matter, nothing about who worked on it.
    public func content(of ticket: Ticket, subject: String? = nil, description: String = "") -> TicketContent {
        var content = ticket.content
        content.subject = subject ?? content.subject
        content.description = description
        content.externalReference = nil
        content.preferredAgentID = nil
        return content
    }

    /// Splits messages off: the new ticket begins at the first one's time, so that its customer's wait counts from then on.
    ///
    /// - Parameters:
    ///   - messages: of the ticket; one at least.
    ///   - content: the new ticket's, with its queue decided.
    public func split(
        _ ticket: Ticket,
        messages: [TicketMessage],
        id: TicketID,
        number: Int64,
        content: TicketContent,
        intake: IntakeRecord?,
        isThroughVIPKey: Bool,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> (original: TicketChange, split: TicketChange) {
        try requireUnmerged(ticket)
        if lifecycle.category(of: ticket.state) == .closed { throw .closed(ticket.state) }
        let origin = TicketOrigin(.split, of: ticket, messages: messages)
        // The ticket's own time may be ahead of a clock that was set back; what is carried over lies before it.
        let now = max(time, ticket.updatedAt)
        let created = create(
            id: id,
            number: number,
            content: content,
            intake: intake,
            occurredAt: origin.messages.first?.at,
            origin: origin,
            isThroughVIPKey: isThroughVIPKey,
            by: actor,
            at: now
        )
        let split = TicketEvent.SplitOff(into: id, number: number, messages: origin.messages.map(\.id))
        return (TicketChange(of: ticket, by: actor, at: time, [.verb(.split(split))]), created)
    }

    /// A customer's reply to a closed ticket: a new one with the message, and a note of it in the closed one's history.
    ///
    /// - Parameter message: of the new ticket.
    public func followUp(
        _ ticket: Ticket,
        with message: TicketMessage,
        number: Int64,
        content: TicketContent,
        intake: IntakeRecord?,
        isThroughVIPKey: Bool,
        by actor: Actor,
        at time: Timestamp
    ) -> (original: TicketChange, followUp: TicketChange) {
        let created = create(
            id: message.ticketID,
            number: number,
            content: content,
            intake: intake,
            origin: TicketOrigin(.followUp, of: ticket),
            isThroughVIPKey: isThroughVIPKey,
            by: actor,
            at: time
        )
        let added = TicketEvent.MessageAdded(messageID: message.id, isPublic: true, author: message.author.kind)
        let opened = created.appending([.messageAdded(added)], by: actor)
        let followed = TicketEvent.FollowedUp(followUp: message.ticketID, number: number)
        return (
            TicketChange(of: ticket, by: actor, at: time, [.verb(.followedUp(followed))]),
            TicketChange(before: nil, after: opened.after, events: opened.events, message: message)
        )
    }
}
