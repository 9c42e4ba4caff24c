import Domain

enum QueueFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let mode = RequestField("mode", JSONType<RoutingMode>.code, "How eligible agents are ranked; balanced unless told.")
    static let boost = RequestField("boost_minutes", .integer(QueueContent.boostRange), "By how much every ticket of the queue is moved ahead.")
    static let vipBoost = RequestField(
        "vip_boost_minutes",
        .integer(QueueContent.vipBoostRange),
        "By how much tickets of VIP requesters are moved ahead of the others."
    )
    static let order = RequestField("order_by", JSONType<QueueOrder>.code, "By age and boosts, or by the next promise that falls due.")
    static let defaultTarget = RequestField(
        "default_target_seconds",
        .integer(QueueContent.defaultTargetRange),
        "By deadline: when a ticket without a promise is due, from its eligible_at; a day unless told."
    )
    static let stickyDays = RequestField(
        "sticky_days",
        .integer(StickyAgents.dayRange),
        "New tickets prefer the agent of the requester's last one within so many days; 0: nobody."
    )
    static let stickyWait = RequestField(
        "sticky_wait_seconds",
        .integer(StickyAgents.waitRange),
        "How long a ticket waits for its preferred agent while he is full or on a break."
    )
    static let strict = RequestField("strict", .boolean, "Every P1 before every P2, and so on.")
    static let isDefault = RequestField("default", .boolean, "Where tickets go that match no queue; takes that place from another.")
    static let active = RequestField("active", .boolean, "Whether tickets may go there.")
    static let calendar = RequestField("calendar_id", .id(Entity.Calendar.self), "When it is open; whose hours business targets use.")
    static let overflow = RequestField("overflow_queue_id", .id(Entity.Queue.self), "Where tickets move on to that have waited too long.")
    static let overflowAfter = RequestField(
        "overflow_after_seconds",
        .integer(1...QueueOverflow.maximumSeconds),
        "How long that is, from when a ticket came into the queue; an hour unless told."
    )
    static let fallback = RequestField("fallback_queue_id", .id(Entity.Queue.self), "Where new tickets go that arrive while it is closed.")
    static let offerSeconds = RequestField(
        "offer_seconds",
        .integer(TicketOffer.secondsRange),
        "For how long an agent is asked before a ticket is his, at most \(QueueOffers.liveSeconds) s on live channels; without it nobody is asked."
    )
    static let offerChannels = RequestField(
        "offer_channel_seconds",
        .array(of: JSONType<OfferChannelObject>.object, 0...Channel.allCases.count),
        "For how long on single channels, each at most once; also where nobody is asked otherwise."
    )
    static let noTaker = RequestField(
        "no_taker",
        JSONType<QueueOffers.NoTaker>.code,
        "What becomes of a ticket that nobody took in three rounds; assigned without asking unless told. Needs offer_seconds or offer_channel_seconds."
    )
    static let escalation = RequestField(
        "escalation_chain_id",
        .id(Entity.EscalationChain.self),
        "Which chain is run where an agent calls for help; else it is that of the ticket's policy."
    )
    static let escalations = RequestField(
        "escalations",
        .array(of: JSONType<QueueEscalationObject>.object, 0...QueueEscalation.Trigger.allCases.count),
        "What starts a chain by itself; each trigger at most once."
    )
    static let position = RequestField("position", .integer(QueueIntake.positionRange), "Queues are tried in the order of their positions.")
    static let match = RequestField(
        "match",
        .array(of: ConditionFields.condition, 0...IntakeRule.maximumConditions),
        "All must hold for a ticket that names no queue; none takes no such ticket."
    )
    static let rules = RequestField(
        "rules",
        .array(of: JSONType<IntakeRuleObject>.object, 0...IntakeRule.maximumCount),
        "The first that a new ticket meets is applied to it."
    )
    static let weights = RequestField(
        "weights",
        .array(of: JSONType<WeightRuleObject>.object, 0...WeightRule.maximumCount),
        "What a new ticket weighs that names no weight: the first that it meets, after the rules."
    )
    static let steps = RequestField(
        "steps",
        .array(of: JSONType<RelaxationStepObject>.object, 0...QueueContent.maximumSteps),
        "What is given up on with a ticket's age."
    )
}

struct CreateQueue: NewContent {
    static let schema = JSONSchema.object(
        "CreateQueue",
        [QueueFields.name.required] + QueueChoices.properties + QueueChoices.links.map(\.optional),
        isClosed: true
    )

    let content: QueueContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(QueueFields.name)
        let choices = QueueChoices(from: &reader, isNew: true)
        guard let name else { return nil }
        content = choices.applied(to: QueueContent(name: name))
    }
}

struct PatchQueue: ContentChange {
    static let schema = JSONSchema.object(
        "PatchQueue",
        [QueueFields.name.optional] + QueueChoices.properties + QueueChoices.links.map(\.clearable),
        isClosed: true
    )

    let name: String?
    let choices: QueueChoices

    init?(from reader: inout ObjectReader) {
        name = reader.optional(QueueFields.name)
        choices = QueueChoices(from: &reader, isNew: false)
    }

    func applied(to before: QueueContent) -> QueueContent {
        var content = choices.applied(to: before)
        content.name = name ?? before.name
        return content
    }
}
