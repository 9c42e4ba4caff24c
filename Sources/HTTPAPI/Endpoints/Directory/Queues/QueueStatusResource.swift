public import Domain

/// A queue as an operator looks at it.
struct QueueStatusResource: ResponseObject {
    let queue: QueueID
    let status: QueueStatus
    let staffing: QueueStaffing

    static let schema = JSONSchema.object(
        "QueueStatus",
        [
            JSONProperty("queue_id", .id, "Which queue."),
            JSONProperty("at", .timestamp, "The instant of all that follows."),
            JSONProperty("waiting", .integer(), "Tickets that wait for an agent, or for a claim."),
            JSONProperty("waiting_by_priority", byPriority, "The same by priority."),
            JSONProperty("oldest_eligible_at", .timestamp.nullable, "Since when the oldest of them waits."),
            JSONProperty("oldest_age_seconds", .integer().nullable, "How long that is."),
            JSONProperty("offered", .integer(), "Tickets that somebody is asked to take; they are not among those that wait."),
            JSONProperty("risk", risk, "Tickets of the queue, waiting or in hand, with a clock that breaches soon."),
            JSONProperty("members", members, "The queue's active members by what they do now."),
            JSONProperty("staffing", staffing, "Whether those online can do what waits; it knows nothing of skills."),
            JSONProperty("exact", .boolean, "false: something was counted up to \(QueueStatus.countLimit) only, and the numbers are lower bounds."),
        ]
    )

    private static let byPriority = JSONSchema.object(
        "QueueWaitingByPriority",
        [
            JSONProperty("p1", .integer(), "Critical."),
            JSONProperty("p2", .integer(), "High."),
            JSONProperty("p3", .integer(), "Normal."),
            JSONProperty("p4", .integer(), "Low."),
        ]
    )
    private static let risk = JSONSchema.object(
        "QueueRisk",
        [
            JSONProperty("within_15_minutes", .integer(), "Breach within a quarter of an hour unless something happens."),
            JSONProperty("within_1_hour", .integer(), "Within an hour, those included."),
            JSONProperty("within_4_hours", .integer(), "Within four hours, those included."),
            JSONProperty("breached_waiting", .integer(), "Waiting tickets with a clock that has breached already."),
        ]
    )
    private static let members = JSONSchema.object(
        "QueueMembersByState",
        [
            JSONProperty("online", .integer(), "Take work."),
            JSONProperty("away", .integer(), "Are there and take none."),
            JSONProperty("offline", .integer(), "Are not there: signed out, not heard of, absent by record, or beyond their shift."),
            JSONProperty("room", .integer(), "Units of work that those online have room for."),
        ]
    )

    private static let staffing = JSONSchema.object(
        "QueueStaffing",
        [
            JSONProperty("waiting_units", .integer(), "Units of work that wait for an agent."),
            JSONProperty("capacity_units", .integer(), "Units of work that those online can have at a time."),
            JSONProperty("percent", .integer().nullable, "What waits in percent of that; null where nobody is online who takes anything."),
            JSONProperty(
                "suggested_agents",
                .integer(),
                "How many more agents could do what those online have no room for; 0 up to the limit asked about."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("queue_id", queue)
            writer.field("at", status.at)
            writer.field("waiting", status.waiting.values.reduce(0, +))
            writer.name("waiting_by_priority")
            writer.object { writer in
                writer.field("p1", status.waiting[.p1] ?? 0)
                writer.field("p2", status.waiting[.p2] ?? 0)
                writer.field("p3", status.waiting[.p3] ?? 0)
                writer.field("p4", status.waiting[.p4] ?? 0)
            }
            writer.field("oldest_eligible_at", status.oldestEligibleAt)
            writer.field("oldest_age_seconds", status.oldestEligibleAt.map { max(0, status.at.microseconds(since: $0) / 1_000_000) })
            writer.field("offered", status.offered)
            writer.field("risk", status.risk)
            writer.field("members", status.members)
            writer.field("staffing", staffing)
            writer.field("exact", status.isExact)
        }
    }
}

extension QueueStatus.Risk: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("within_15_minutes", within15Minutes)
            writer.field("within_1_hour", within1Hour)
            writer.field("within_4_hours", within4Hours)
            writer.field("breached_waiting", breachedWaiting)
        }
    }
}

extension QueueStatus.Members: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("online", online)
            writer.field("away", away)
            writer.field("offline", offline)
            writer.field("room", room)
        }
    }
}

extension QueueStaffing: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("waiting_units", waitingUnits)
            writer.field("capacity_units", capacityUnits)
            writer.field("percent", percent)
            writer.field("suggested_agents", suggestedAgents)
        }
    }
}
