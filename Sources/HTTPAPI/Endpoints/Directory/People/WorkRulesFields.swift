public import Domain

/// The members of an agent that say how much work routing may give beyond the capacity as a whole.
enum WorkRulesFields {
    static let channels = RequestField(
        "channel_capacities",
        .array(of: JSONType<ChannelCapacityObject>.object, 0...Channel.allCases.count),
        "Channels with a capacity of their own, each at most once."
    )
    static let rampUp = RequestField(
        "ramp_up_seconds",
        .integer(WorkRules.secondsRange),
        "After coming online, one further unit every so many seconds; 0 is all at once, \(WorkRules.defaultRampUpSeconds) unless told."
    )
    static let wrapUp = RequestField(
        "wrap_up_seconds",
        .integer(WorkRules.secondsRange),
        "No new ticket for so long after one was solved; 0 unless told."
    )
    static let rateLimit = RequestField("rate_limit", JSONType<RateLimitObject>.object, "At most so many tickets by routing in so many minutes.")

    static let properties = [
        JSONProperty("channel_capacities", .array(of: ChannelCapacityObject.schema), "Channels with a capacity of their own."),
        JSONProperty("ramp_up_seconds", .integer(in: 0...86_400), "After coming online, one further unit every so many seconds; 0: all at once."),
        JSONProperty(
            "wrap_up_seconds",
            .integer(in: 0...86_400),
            "No new ticket for so long after one was solved that was in work: not one that waited for somebody else."
        ),
        JSONProperty("rate_limit", RateLimitObject.schema.nullable, "null: no limit."),
    ]

    /// Reads the channels, each at most once.
    static func channels(from reader: inout ObjectReader) -> [ChannelCapacityObject]? {
        guard let list = reader.optional(channels) else { return nil }
        if Set(list.map(\.channel)).count < list.count { reader.refuse("channel_capacities", .duplicate, "A channel is listed twice.") }
        return list
    }

    /// - Parameter before: nil for a new agent.
    static func rules(
        channels: [ChannelCapacityObject]?,
        rampUp: Int?,
        wrapUp: Int?,
        rateLimit: Patch<RateLimitObject>,
        before: WorkRules?
    ) -> WorkRules {
        var rules = before ?? WorkRules(rampUpSeconds: WorkRules.defaultRampUpSeconds)
        if let channels { rules.channelCapacities = Dictionary(channels.map { ($0.channel, $0.capacity) }) { _, last in last } }
        if let rampUp { rules.rampUpSeconds = rampUp }
        if let wrapUp { rules.wrapUpSeconds = wrapUp }
        switch rateLimit {
        case .keep: break
        case .clear: rules.rateLimit = nil
        case .set(let limit): rules.rateLimit = limit.value
        }
        return rules
    }
}

/// `{"channel", "capacity"}`
struct ChannelCapacityObject: RequestObject {
    static let channel = RequestField("channel", JSONType<Channel>.code, "The channel.")
    static let capacity = RequestField("capacity", .integer(0...AgentContent.maximumCapacity), "Units of work.")
    static let schema = JSONSchema.object("ChannelCapacity", [channel.required, capacity.required], isClosed: true)

    let channel: Channel
    let capacity: Int

    init?(from reader: inout ObjectReader) {
        let channel = reader.required(Self.channel)
        let capacity = reader.required(Self.capacity)
        guard let channel, let capacity else { return nil }
        self.channel = channel
        self.capacity = capacity
    }
}

/// `{"assignments", "minutes"}`
struct RateLimitObject: RequestObject {
    static let assignments = RequestField("assignments", .integer(WorkRules.RateLimit.assignmentsRange), "So many tickets.")
    static let minutes = RequestField("minutes", .integer(WorkRules.RateLimit.minutesRange), "In so many minutes.")
    static let schema = JSONSchema.object("RateLimit", [assignments.required, minutes.required], isClosed: true)

    let value: WorkRules.RateLimit

    init?(from reader: inout ObjectReader) {
        let assignments = reader.required(Self.assignments)
        let minutes = reader.required(Self.minutes)
        guard let assignments, let minutes else { return nil }
        value = WorkRules.RateLimit(assignments: assignments, minutes: minutes)
    }
}

extension WorkRules {
    func writeFields(to writer: inout JSONWriter) {
        let channels = Channel.allCases.compactMap { channel in channelCapacities[channel].map { ChannelCapacity(channel: channel, capacity: $0) } }
        writer.field("channel_capacities", channels)
        writer.field("ramp_up_seconds", rampUpSeconds)
        writer.field("wrap_up_seconds", wrapUpSeconds)
        writer.field("rate_limit", rateLimit)
    }

    private struct ChannelCapacity: JSONWritable {
        let channel: Channel
        let capacity: Int

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("channel", channel.rawValue)
                writer.field("capacity", capacity)
            }
        }
    }
}

extension WorkRules.RateLimit: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("assignments", assignments)
            writer.field("minutes", minutes)
        }
    }
}
