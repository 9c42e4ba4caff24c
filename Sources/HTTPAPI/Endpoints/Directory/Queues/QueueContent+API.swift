public import Domain

extension QueueContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Queue",
        plural: "Queues",
        phrase: "a queue",
        path: "queues",
        parameter: "queue_id",
        read: .routingRead,
        write: .routingWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("mode", .codes(RoutingMode.self), "How eligible agents are ranked."),
        JSONProperty("boost_minutes", .integer(), "By how much every ticket of the queue is moved ahead."),
        JSONProperty("vip_boost_minutes", .integer(), "By how much tickets of VIP requesters are moved ahead of the others."),
        JSONProperty("order_by", .codes(QueueOrder.self), "By age and boosts, or by the next promise that falls due."),
        JSONProperty("default_target_seconds", .integer(), "By deadline: when a ticket without a promise is due, from its eligible_at."),
        JSONProperty("sticky_days", .integer(), "New tickets prefer the agent of the requester's last one within so many days; 0: nobody."),
        JSONProperty("sticky_wait_seconds", .integer(), "How long a ticket waits for its preferred agent while he is full or on a break."),
        JSONProperty("strict", .boolean, "Every P1 before every P2, and so on."),
        JSONProperty("default", .boolean, "Where tickets go that name no queue and match none."),
        JSONProperty("active", .boolean, "Whether tickets may go there."),
        JSONProperty("calendar_id", .id.nullable, "When it is open (always without one); hours of business targets where the policy names none."),
        JSONProperty("overflow_queue_id", .id.nullable, "Where tickets move on to that have waited too long."),
        JSONProperty("overflow_after_seconds", .integer(), "How long that is, from when a ticket came into the queue."),
        JSONProperty("fallback_queue_id", .id.nullable, "Where new tickets go that arrive while it is closed."),
        JSONProperty(
            "offer_seconds",
            .integer().nullable,
            "For how long an agent is asked before a ticket is his, at most \(QueueOffers.liveSeconds) s on live channels; null: nobody is asked."
        ),
        JSONProperty(
            "offer_channel_seconds",
            .array(of: OfferChannelObject.schema),
            "For how long on single channels; also where nobody is asked otherwise."
        ),
        JSONProperty("no_taker", .codes(QueueOffers.NoTaker.self), "What becomes of a ticket that nobody took in three rounds."),
        JSONProperty("escalation_chain_id", .id.nullable, "Which chain is run where an agent calls for help."),
        JSONProperty("escalations", .array(of: QueueEscalationObject.schema), "What starts a chain by itself."),
        JSONProperty("position", .integer(), "Queues are tried in the order of their positions."),
        JSONProperty("match", .array(of: ConditionFields.schema), "All must hold for a ticket that names no queue; none takes no such ticket."),
        JSONProperty("rules", .array(of: IntakeRuleObject.schema), "The first that a new ticket meets is applied to it."),
        JSONProperty("weights", .array(of: WeightRuleObject.schema), "What a new ticket weighs that names no weight: the first that it meets."),
        JSONProperty("steps", .array(of: RelaxationStepObject.schema), "What is given up on with a ticket's age."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("mode", mode.rawValue)
        writer.field("boost_minutes", boostMinutes)
        writer.field("vip_boost_minutes", vipBoostMinutes)
        writer.field("order_by", order.rawValue)
        writer.field("default_target_seconds", defaultTargetSeconds)
        writer.field("sticky_days", sticky.days)
        writer.field("sticky_wait_seconds", sticky.waitSeconds)
        writer.field("strict", isStrict)
        writer.field("default", isDefault)
        writer.field("active", isActive)
        writer.field("calendar_id", calendarID)
        writer.field("overflow_queue_id", overflowQueueID)
        writer.field("overflow_after_seconds", overflowAfterSeconds)
        writer.field("fallback_queue_id", fallbackQueueID)
        writer.field("offer_seconds", offers?.seconds)
        writer.field("offer_channel_seconds", OfferChannelObject.list(of: offers?.channelSeconds ?? [:]))
        writer.field("no_taker", (offers?.noTaker ?? .assign).rawValue)
        writer.field("escalation_chain_id", escalationChainID)
        writer.field("escalations", escalations)
        writer.field("position", intake.position)
        writer.field("match", document: intake.match)
        writer.field("rules", intake.rules)
        writer.field("weights", intake.weights)
        writer.field("steps", steps)
    }
}

/// What a queue gives up on once a ticket has waited for a time.
struct RelaxationStepObject: RequestObject {
    static let after = RequestField("after", .integer(0...QueueContent.maximumStepAge), "The ticket's age in seconds.")
    static let dropFrom = RequestField("drop_from", JSONType<Int>.integer(1...9).nullable, "Optional skills of this drop rank or more are dropped.")
    static let tier = RequestField("tier", .integer(QueueContent.tierRange), "The furthest tier admitted.")
    static let levels = RequestField("min_level_down", .integer(0...4), "By how much required levels are lowered.")
    static let schema = JSONSchema.object(
        "RelaxationStep",
        [after.required, dropFrom.optional, tier.optional, levels.optional],
        isClosed: true
    )

    let step: RelaxationStep

    init?(from reader: inout ObjectReader) {
        let after = reader.required(Self.after)
        let dropFrom = reader.optional(Self.dropFrom) ?? nil
        let tier = reader.optional(Self.tier) ?? 0
        let levels = reader.optional(Self.levels) ?? 0
        guard let after else { return nil }
        step = RelaxationStep(afterSeconds: after, dropFrom: dropFrom, tier: tier, levelsDown: levels)
    }
}

extension RelaxationStep: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("after", afterSeconds)
            writer.field("drop_from", dropFrom)
            writer.field("tier", tier)
            writer.field("min_level_down", levelsDown)
        }
    }
}
