/// Merging one ticket into another (sla.md, Merge; features.md A4.11).
extension TicketRules {
    /// Closes the source for good, ends what belongs to it, and lets the target know of everybody who waits or follows.
    ///
    /// One event on each side says it; what ends with the source is told by the events of each kind, as the system's doing. Its bookings are given up as
    /// with every change that closes a ticket.
    public func merge(
        _ source: Ticket,
        into target: Ticket,
        belongings: MergeBelongings,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> (source: TicketChange, target: TicketChange) {
        try requireMergeable(source, into: target)
        let known = Set(belongings.followers.target)
        let followers = belongings.followers.source.filter { !known.contains($0) }
        guard followers.isEmpty || known.count + followers.count <= TicketRules.maximumFollowers else { throw .verb(.tooManyFollowers) }
        let requesters = newRequesters(source, target, belongings)
        guard belongings.requesters.target.count + requesters.count <= MergeBelongings.maximumRequesters else { throw .merge(.tooManyRequesters) }
        let absorbed = TicketEvent.Absorbed(
            source: source.id,
            number: source.number,
            oldestUnanswered: belongings.oldestUnanswered,
            followers: followers,
            requesters: requesters,
            honoursPauses: true
        )
        let merged = TicketEvent.Merged(into: target.id, number: target.number)
        let closing = TicketEvent.StateChanged(from: source.state, to: .closed, cause: .merge)
        return (
            TicketChange(of: source, by: actor, at: time, [.verb(.merged(merged))] + rescinding(source))
                .appending(ending(belongings) + [.stateChanged(closing)], by: .system),
            TicketChange(of: target, by: actor, at: time, [.verb(.absorbed(absorbed))])
        )
    }

    /// Both sides must be able to take part, whatever belongs to them.
    public func requireMergeable(_ source: Ticket, into target: Ticket) throws(TicketRefusal) {
        guard source.id != target.id else { throw .merge(.intoItself) }
        try requireUnmerged(source)
        if lifecycle.category(of: source.state) == .closed { throw .closed(source.state) }
        try requireTasksDone(source)
        if let further = target.links.mergedInto { throw .merge(.targetMerged(into: further)) }
        switch lifecycle.category(of: target.state) {
        case .closed: throw .merge(.targetClosed(target.state))
        case .solved where lifecycle.category(of: source.state)?.isUnsolved == true: throw .merge(.targetSolved(target.state))
        default: break
        }
    }

    func requireUnmerged(_ ticket: Ticket) throws(TicketRefusal) {
        if let further = ticket.links.mergedInto { throw .merge(.merged(into: further)) }
    }

    private func ending(_ belongings: MergeBelongings) -> [TicketEvent.Payload] {
        belongings.consultations.map { asked in
            .verb(.consultationCancelled(TicketEvent.ConsultationClosed(consultationID: asked.id, agentID: asked.agentID, messageID: nil)))
        }
    }

    /// The source's customers whom the target does not know yet.
    private func newRequesters(_ source: Ticket, _ target: Ticket, _ belongings: MergeBelongings) -> [RequesterID] {
        var known = Set(belongings.requesters.target)
        if let own = target.content.requesterID { known.insert(own) }
        let candidates = (source.content.requesterID.map { [$0] } ?? []) + belongings.requesters.source
        return candidates.filter { known.insert($0).inserted }
    }
}
