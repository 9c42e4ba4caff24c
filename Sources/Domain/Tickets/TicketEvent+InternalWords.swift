extension TicketEvent {
    /// The event for a provider's agent who does not work on the ticket now (features.md A3.15): without what people wrote to each other inside, as he sees no notes of others and
    /// none of their consultations. What he wrote himself, and what was meant for him, he goes on reading.
    public func withoutInternalWords(for viewer: AgentID) -> TicketEvent {
        guard actor != .agent(viewer) else { return self }
        var payload = self.payload
        payload.leaveOutInternalWords(for: viewer)
        return TicketEvent(ticketID: ticketID, sequence: sequence, version: version, at: at, actor: actor, payload: payload)
    }
}

extension TicketEvent.Payload {
    /// A text that every such event has becomes empty.
    fileprivate mutating func leaveOutInternalWords(for viewer: AgentID) {
        switch self {
        case .updated(var updated):
            updated.reason = nil
            self = .updated(updated)
        case .offerEnded(var ended) where ended.agentID != viewer:
            ended.reason = nil
            self = .offerEnded(ended)
        case .verb(.transferred(var transferred)) where transferred.to.agentID != viewer:
            transferred.reason = ""
            self = .verb(.transferred(transferred))
        case .verb(.returned(var returned)) where returned.to.agentID != viewer:
            returned.reason = ""
            self = .verb(.returned(returned))
        case .verb(.urged(var urged)) where urged.agentID != viewer:
            urged.text = ""
            self = .verb(.urged(urged))
        case .verb(.escalationRequested(var requested)):
            requested.reason = ""
            self = .verb(.escalationRequested(requested))
        case .verb(.changeReported(var reported)):
            reported.note = nil
            self = .verb(.changeReported(reported))
        case .created, .assigned, .unassigned, .stateChanged, .overflowed, .offered, .offerEnded, .offerRoundEnded, .unroutable, .closingSoon,
            .messageAdded, .organizationChanged, .policyChanged, .promiseCancelled, .timerWarned, .timerBreached, .escalated, .verb:
            break
        }
    }
}
