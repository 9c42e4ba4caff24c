public import Domain

extension TicketEvent.Payload {
    /// Writes what happened into an open object.
    func writeData(to writer: inout JSONWriter) {
        switch self {
        case .created(let created): created.write(to: &writer)
        case .updated(let updated): updated.write(to: &writer)
        case .assigned(let assigned): assigned.write(to: &writer)
        case .unassigned(let unassigned):
            writer.field("agent_id", unassigned.agentID)
            writer.field("cause", unassigned.cause.code)
        case .stateChanged(let change):
            writer.field("from", change.from.rawValue)
            writer.field("to", change.to.rawValue)
            writer.field("cause", change.cause.rawValue)
        case .overflowed(let overflow):
            writer.field("from_queue_id", overflow.from)
            writer.field("queue_id", overflow.to)
        case .unroutable(let unroutable): writer.field("queue_id", unroutable.queueID)
        case .offered(let offered):
            writer.field("agent_id", offered.agentID)
            writer.field("expires_at", offered.expiresAt)
            writer.field("step", offered.step)
            writer.field("rank", offered.rank)
        case .offerEnded(let ended):
            writer.field("agent_id", ended.agentID)
            writer.field("outcome", ended.outcome.rawValue)
            writer.field("reason", ended.reason)
        case .offerRoundEnded(let ended): writer.field("round", ended.round)
        case .closingSoon(let soon): writer.field("closes_at", soon.closesAt)
        case .messageAdded(let message):
            writer.field("message_id", message.messageID)
            writer.field("visibility", message.isPublic ? "public" : "internal")
        case .organizationChanged(let change):
            writer.field("from_organization_id", change.from)
            writer.field("organization_id", change.to)
        case .policyChanged(let change):
            writer.field("policy_id", change.policy?.id)
            writer.field("policy_version", change.policy?.version)
            writer.field("calendar_id", change.calendar?.id)
            writer.field("calendar_version", change.calendar?.version)
            writer.field("calendar_source", change.calendarSource?.rawValue)
            writer.field("since", change.since)
        case .promiseCancelled(let cancelled):
            writer.field("policy_id", cancelled.policy.id)
            writer.field("policy_version", cancelled.policy.version)
            writer.field("condition", cancelled.condition)
        case .timerWarned(let fired), .timerBreached(let fired): fired.write(to: &writer)
        case .escalated(let escalated): escalated.write(to: &writer)
        case .verb(let verb): verb.write(to: &writer)
        }
    }
}

extension TicketEvent.Unassigned.Cause {
    fileprivate var code: String {
        switch self {
        case .release, .transfer, .return, .withdraw: rawValue
        case .queueChanged: "queue_changed"
        case .agentGone: "agent_gone"
        case .agentLeft: "agent_left"
        }
    }
}

extension TicketEvent.Created {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("number", number)
        writer.field("state", state.rawValue)
        writer.field("occurred_at", occurredAt)
        writer.field("policy_id", policy?.id)
        writer.field("policy_version", policy?.version)
        writer.field("calendar_id", calendar?.id)
        writer.field("intake", intake)
        writer.fieldIfPresent("origin", origin)
        writer.name("content")
        writer.object { content.writeFields(to: &$0) }
    }
}

extension TicketOrigin: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("type", kind.rawValue)
            writer.field("ticket_id", ticketID)
            writer.field("number", number)
            if kind == .split { writer.field("message_ids", messages.map(\.id)) }
        }
    }
}

extension TicketEvent.Updated {
    fileprivate func write(to writer: inout JSONWriter) {
        let names = Set(changed)
        writer.field("changed", changed)
        writer.field("reason", reason)
        writer.name("before")
        writer.object { before.writeFields(to: &$0, only: names) }
        writer.name("after")
        writer.object { after.writeFields(to: &$0, only: names) }
    }
}

extension TicketEvent.Assigned {
    func write(to writer: inout JSONWriter) {
        writer.field("agent_id", agentID)
        writer.field("previous_agent_id", previousAgentID)
        writer.field("cause", cause.rawValue)
        writer.field("over_capacity", isOverCapacity)
        writer.field("step", step)
        writer.field("rank", rank)
    }
}

extension TicketEvent.TimerFired {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("metric", metric)
        writer.field("instance", instance)
        writer.field("threshold", threshold)
        writer.field("target_version", targetVersion)
        writer.field("scheduled_for", scheduledFor)
        writer.field("suppressed", isSuppressed)
        writer.field("cause", cause?.rawValue)
    }
}

extension TicketEvent.Escalated {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("run_id", runID)
        writer.field("chain_id", chainID)
        writer.field("round", round)
        writer.field("level", level)
        writer.field("outcome", outcome)
        writer.field("scheduled_for", scheduledFor)
        writer.field("late", isLate)
        writer.field("notified", notified)
        writer.field("told_later", toldLater ?? [])
        writer.field("cut", isCut ?? false)
    }
}
