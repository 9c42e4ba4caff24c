public import Domain

/// Whether an agent is there.
struct PresenceResource: ResponseObject {
    let presence: AgentPresence

    static let schema = JSONSchema.object("Presence", properties)
    static let properties = [
        JSONProperty("agent_id", .id, "Who."),
        JSONProperty("status", .codes(RoutingPresence.self), "As the agent said it; it holds until the lease is over."),
        JSONProperty("online_since", .timestamp.nullable, "Since when without a break."),
        JSONProperty("lease_until", .timestamp, "When the agent counts as offline unless heard of again."),
        JSONProperty("channels_off", .array(of: .codes(Channel.self)), "The channels whose work the agent does not take now."),
        JSONProperty("held", .boolean, "Put on a break because he let offers pass; `back` ends it, as signing out does."),
    ]

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", presence.agentID)
            writer.field("status", presence.status.rawValue)
            writer.field("online_since", presence.onlineSince)
            writer.field("lease_until", presence.leaseUntil)
            writer.field("channels_off", presence.channelsOff.map(\.rawValue).sorted())
            writer.field("held", presence.isHeld)
        }
    }
}

/// What an agent does right now.
struct WorkloadResource: ResponseObject {
    let workload: AgentWorkload

    static let schema = JSONSchema.object(
        "Workload",
        [
            JSONProperty("agent_id", .id, "Who."),
            JSONProperty("capacity", .integer(), "Units of work that routing may give."),
            JSONProperty("load", .integer(), "Units of work that the agent has."),
            JSONProperty("last_assigned_at", .timestamp.nullable, "When the last ticket came."),
            JSONProperty("presence", PresenceResource.schema.nullable, "null: was never there."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", workload.agentID)
            writer.field("capacity", workload.capacity)
            writer.field("load", workload.load)
            writer.field("last_assigned_at", workload.lastAssignedAt)
            writer.field("presence", workload.presence.map { PresenceResource(presence: $0) })
        }
    }
}

/// Where an agent belongs.
struct MembershipsResource: ResponseObject {
    let memberships: AgentMemberships

    static let schema = JSONSchema.object(
        "Memberships",
        [
            JSONProperty("group_ids", .array(of: .id, count: 0...10_000), "The agent's groups."),
            JSONProperty("queues", .array(of: queueSchema, count: 0...10_000), "The queues that the agent serves."),
        ]
    )

    private static let queueSchema = JSONSchema.object(
        "QueueMembership",
        [JSONProperty("queue_id", .id, "The queue."), JSONProperty("tier", .integer(in: 0...9), "0 is asked first.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("group_ids", memberships.groups)
            writer.field("queues", memberships.queues)
        }
    }
}

extension AgentMemberships.QueueMembership: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("queue_id", queueID)
            writer.field("tier", tier)
        }
    }
}
