public import Domain

extension TicketEvent.Verb {
    func write(to writer: inout JSONWriter) {
        switch self {
        case .transferred(let value):
            writer.field("from", value.from)
            writer.field("to", value.to)
            writer.field("reason", value.reason.words)
        case .returned(let value):
            writer.field("from", value.from)
            writer.field("to", value.to)
            writer.field("reason", value.reason.words)
        case .withdrawn(let value):
            writer.field("from", value.from)
            writer.field("to", value.to)
        case .consulted(let value):
            writer.field("consultation_id", value.consultationID)
            writer.field("agent_id", value.agentID)
        case .consultationAnswered(let value), .consultationCancelled(let value):
            writer.field("consultation_id", value.consultationID)
            writer.field("agent_id", value.agentID)
            writer.field("message_id", value.messageID)
        case .urged(let value):
            writer.field("text", value.text.words)
            writer.field("count", value.count)
            writer.field("agent_id", value.agentID)
        case .escalationRequested(let value):
            writer.field("run_id", value.runID)
            writer.field("chain_id", value.chainID)
            writer.field("trigger", value.cause.rawValue)
            writer.field("reason", value.reason.words)
        case .resourceBooked(let value):
            writer.field("booking_id", value.bookingID)
            writer.field("resource_id", value.resourceID)
            writer.field("starts_at", value.interval.start)
            writer.field("ends_at", value.interval.end)
        case .bookingCancelled(let value):
            writer.field("booking_id", value.bookingID)
            writer.field("resource_id", value.resourceID)
            if let cause = value.cause { writer.field("cause", cause.rawValue) }
        case .followerAdded(let value), .followerRemoved(let value):
            writer.field("agent_id", value.agentID)
        case .escalationAcknowledged(let value):
            writer.field("run_id", value.runID)
            writer.field("chain_id", value.chainID)
        case .flowStartRequested(let value):
            writer.field("flow", value.flow)
            writer.field("run_id", value.runID)
            writer.field("chain_id", value.chainID)
            writer.field("round", value.round)
            writer.field("level", value.level)
        case .changeReported(let value):
            writer.field("trigger", value.trigger.rawValue)
            if let note = value.note { writer.field("note", note) }
            if let metric = value.metric { writer.field("metric", metric.rawValue) }
            if let instance = value.instance { writer.field("instance", instance) }
            writer.field("playbook_ids", value.playbookIDs)
            writer.field("task_count", value.taskCount)
            writer.field("required_task_count", value.requiredCount ?? 0)
        case .taskFinished(let value):
            writer.field("task_id", value.taskID)
            writer.field("outcome", value.outcome.rawValue)
            writer.field("required", value.isRequired ?? false)
        case .merged(let value):
            writer.field("into_id", value.into)
            writer.field("into_number", value.number)
        case .absorbed(let value):
            writer.field("source_id", value.source)
            writer.field("source_number", value.number)
            writer.field("oldest_unanswered", value.oldestUnanswered)
            writer.field("follower_ids", value.followers)
            writer.field("requester_ids", value.requesters)
        case .split(let value):
            writer.field("into_id", value.into)
            writer.field("into_number", value.number)
            writer.field("message_ids", value.messages)
        case .followedUp(let value):
            writer.field("follow_up_id", value.followUp)
            writer.field("follow_up_number", value.number)
        }
    }
}

extension String {
    /// What people wrote, which is never empty: null where it is not for the reader (``TicketEvent/withoutInternalWords(for:)``).
    fileprivate var words: String? { isEmpty ? nil : self }
}

extension TicketEvent.Place: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agentID)
            writer.field("queue_id", queueID)
            writer.field("group_id", groupID)
        }
    }
}
