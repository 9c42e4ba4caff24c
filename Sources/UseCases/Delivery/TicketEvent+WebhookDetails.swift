import Domain

extension TicketEvent.Payload {
    /// What webhooks tell of an event beside which ticket it happened to: ids, states and codes (docs/api.md); no text that people wrote.
    func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        switch self {
        case .created(let value): try value.encodeDetails(into: &data)
        case .updated(let value): try data.encode(value.changed, forKey: "changed")
        case .assigned(let value): try value.encodeDetails(into: &data)
        case .unassigned(let value):
            try data.encode(value.agentID, forKey: "agent_id")
            try data.encode(value.cause, forKey: "cause")
        case .stateChanged(let value):
            try data.encode(value.from.rawValue, forKey: "from")
            try data.encode(value.to.rawValue, forKey: "to")
            try data.encode(value.cause, forKey: "cause")
        case .overflowed(let value):
            try data.encode(value.from, forKey: "from_queue_id")
            try data.encode(value.to, forKey: "queue_id")
        case .unroutable(let value): try data.encode(value.queueID, forKey: "queue_id")
        case .offered(let value):
            try data.encode(value.agentID, forKey: "agent_id")
            try data.encode(value.expiresAt.millisecondText, forKey: "expires_at")
        case .offerEnded(let value):
            try data.encode(value.agentID, forKey: "agent_id")
            try data.encode(value.outcome, forKey: "outcome")
        case .offerRoundEnded(let value): try data.encode(value.round, forKey: "round")
        case .closingSoon(let value): try data.encode(value.closesAt.millisecondText, forKey: "closes_at")
        case .messageAdded(let value):
            try data.encode(value.messageID, forKey: "message_id")
            try data.encode(value.isPublic ? "public" : "internal", forKey: "visibility")
        case .organizationChanged(let value):
            try data.encodeIfPresent(value.from, forKey: "from_organization_id")
            try data.encodeIfPresent(value.to, forKey: "organization_id")
        case .policyChanged(let value):
            try data.encodeIfPresent(value.policy?.id, forKey: "policy_id")
            try data.encodeIfPresent(value.policy?.version, forKey: "policy_version")
            try data.encodeIfPresent(value.calendar?.id, forKey: "calendar_id")
        case .promiseCancelled(let value):
            try data.encode(value.policy.id, forKey: "policy_id")
            try data.encode(value.policy.version, forKey: "policy_version")
        case .timerWarned(let value), .timerBreached(let value): try value.encodeDetails(into: &data)
        case .escalated(let value): try value.encodeDetails(into: &data)
        case .verb(let verb): try verb.encodeDetails(into: &data)
        }
    }
}

extension TicketEvent.Created {
    fileprivate func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        try data.encode(state.rawValue, forKey: "state")
        try data.encode(content.type, forKey: "ticket_type")
        try data.encode(content.channel, forKey: "channel")
        try data.encode("P\(content.priority.rawValue)", forKey: "priority")
        try data.encodeIfPresent(content.externalReference, forKey: "external_ref")
        try data.encodeIfPresent(content.requesterID, forKey: "requester_id")
        try data.encodeIfPresent(content.organizationID, forKey: "organization_id")
        try data.encodeIfPresent(content.queueID, forKey: "queue_id")
        try data.encodeIfPresent(content.groupID, forKey: "group_id")
        switch origin?.kind {
        case .split: try data.encodeIfPresent(origin?.ticketID, forKey: "split_from")
        case .followUp: try data.encodeIfPresent(origin?.ticketID, forKey: "follow_up_of")
        case nil: break
        }
    }
}

extension TicketEvent.Assigned {
    fileprivate func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        try data.encode(agentID, forKey: "agent_id")
        try data.encodeIfPresent(previousAgentID, forKey: "previous_agent_id")
        try data.encode(cause, forKey: "cause")
        try data.encode(isOverCapacity, forKey: "over_capacity")
    }
}

extension TicketEvent.TimerFired {
    fileprivate func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        try data.encode(metric, forKey: "metric")
        try data.encode(instance, forKey: "instance")
        try data.encode(threshold, forKey: "threshold")
        try data.encode(scheduledFor.millisecondText, forKey: "scheduled_for")
        try data.encode(isSuppressed, forKey: "suppressed")
        try data.encodeIfPresent(cause, forKey: "cause")
    }
}

extension TicketEvent.Escalated {
    fileprivate func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        try data.encode(runID, forKey: "run_id")
        try data.encode(chainID, forKey: "chain_id")
        try data.encode(round, forKey: "round")
        try data.encode(level, forKey: "level")
        try data.encode(outcome, forKey: "outcome")
        try data.encode(scheduledFor.millisecondText, forKey: "scheduled_for")
        try data.encode(isLate, forKey: "late")
        let later = toldLater ?? []
        // Whoever passes it on to them must not wake those for whom it is quiet: they get a delivery of their own.
        try data.encode(notified.filter { !later.contains($0) }, forKey: "notified")
        try data.encode(later, forKey: "told_later")
        try data.encode(isCut ?? false, forKey: "cut")
    }
}
