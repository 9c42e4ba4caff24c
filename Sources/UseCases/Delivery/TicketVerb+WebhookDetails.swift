import Domain

extension TicketEvent.Verb {
    /// Ids and codes; no text that people wrote.
    func encodeDetails(into data: inout KeyedEncodingContainer<WebhookKey>) throws {
        switch self {
        case .transferred(let value): try Self.encode(from: value.from, to: value.to, into: &data)
        case .returned(let value): try Self.encode(from: value.from, to: value.to, into: &data)
        case .withdrawn(let value): try Self.encode(from: value.from, to: value.to, into: &data)
        case .consulted(let value):
            try data.encode(value.consultationID, forKey: "consultation_id")
            try data.encode(value.agentID, forKey: "agent_id")
        case .consultationAnswered(let value), .consultationCancelled(let value):
            try data.encode(value.consultationID, forKey: "consultation_id")
            try data.encode(value.agentID, forKey: "agent_id")
            try data.encodeIfPresent(value.messageID, forKey: "message_id")
        case .urged(let value):
            try data.encode(value.count, forKey: "count")
            try data.encodeIfPresent(value.agentID, forKey: "agent_id")
        case .escalationRequested(let value):
            try data.encode(value.runID, forKey: "run_id")
            try data.encode(value.chainID, forKey: "chain_id")
            try data.encode(value.cause.rawValue, forKey: "trigger")
        case .resourceBooked(let value):
            try data.encode(value.bookingID, forKey: "booking_id")
            try data.encode(value.resourceID, forKey: "resource_id")
            try data.encode(value.interval.start.millisecondText, forKey: "starts_at")
            try data.encode(value.interval.end.millisecondText, forKey: "ends_at")
        case .bookingCancelled(let value):
            try data.encode(value.bookingID, forKey: "booking_id")
            try data.encode(value.resourceID, forKey: "resource_id")
            try data.encodeIfPresent(value.cause?.rawValue, forKey: "cause")
        case .followerAdded(let value), .followerRemoved(let value):
            try data.encode(value.agentID, forKey: "agent_id")
        case .escalationAcknowledged(let value):
            try data.encode(value.runID, forKey: "run_id")
            try data.encode(value.chainID, forKey: "chain_id")
        case .flowStartRequested(let value):
            try data.encode(value.flow, forKey: "flow")
            try data.encode(value.runID, forKey: "run_id")
            try data.encode(value.chainID, forKey: "chain_id")
            try data.encode(value.round, forKey: "round")
            try data.encode(value.level, forKey: "level")
        case .changeReported(let value):
            try data.encode(value.trigger.rawValue, forKey: "trigger")
            try data.encodeIfPresent(value.metric?.rawValue, forKey: "metric")
            try data.encodeIfPresent(value.instance, forKey: "instance")
            try data.encode(value.playbookIDs, forKey: "playbook_ids")
            try data.encode(value.taskCount, forKey: "task_count")
        case .taskFinished(let value):
            try data.encode(value.taskID, forKey: "task_id")
            try data.encode(value.outcome.rawValue, forKey: "outcome")
        case .merged(let value): try data.encode(value.into, forKey: "into_id")
        case .absorbed(let value):
            try data.encode(value.source, forKey: "source_id")
            try data.encodeIfPresent(value.oldestUnanswered?.millisecondText, forKey: "oldest_unanswered")
            try data.encode(value.followers, forKey: "follower_ids")
            try data.encode(value.requesters, forKey: "requester_ids")
        case .split(let value):
            try data.encode(value.into, forKey: "into_id")
            try data.encode(value.messages, forKey: "message_ids")
        case .followedUp(let value): try data.encode(value.followUp, forKey: "follow_up_id")
        }
    }

    private static func encode(
        from: TicketEvent.Place,
        to: TicketEvent.Place,
        into data: inout KeyedEncodingContainer<WebhookKey>
    ) throws {
        try data.encodeIfPresent(from.agentID, forKey: "from_agent_id")
        try data.encodeIfPresent(from.queueID, forKey: "from_queue_id")
        try data.encodeIfPresent(from.groupID, forKey: "from_group_id")
        try data.encodeIfPresent(to.agentID, forKey: "agent_id")
        try data.encodeIfPresent(to.queueID, forKey: "queue_id")
        try data.encodeIfPresent(to.groupID, forKey: "group_id")
    }
}
