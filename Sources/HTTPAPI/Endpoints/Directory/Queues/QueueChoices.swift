import Domain

/// What may be said of a queue beside its name, when it is made and when it is edited; what is left out stays as it is.
struct QueueChoices {
    static let properties = [
        QueueFields.mode.optional, QueueFields.boost.optional, QueueFields.vipBoost.optional, QueueFields.strict.optional,
        QueueFields.order.optional, QueueFields.defaultTarget.optional, QueueFields.stickyDays.optional, QueueFields.stickyWait.optional,
        QueueFields.overflowAfter.optional, QueueFields.offerChannels.optional, QueueFields.noTaker.optional, QueueFields.isDefault.optional,
        QueueFields.active.optional, QueueFields.position.optional, QueueFields.match.optional,
        QueueFields.rules.optional, QueueFields.weights.optional, QueueFields.steps.optional, QueueFields.escalations.optional,
    ]
    /// What a patch can clear.
    static let links = [
        (optional: QueueFields.calendar.optional, clearable: QueueFields.calendar.clearable),
        (optional: QueueFields.overflow.optional, clearable: QueueFields.overflow.clearable),
        (optional: QueueFields.fallback.optional, clearable: QueueFields.fallback.clearable),
        (optional: QueueFields.offerSeconds.optional, clearable: QueueFields.offerSeconds.clearable),
        (optional: QueueFields.escalation.optional, clearable: QueueFields.escalation.clearable),
    ]

    private let mode: RoutingMode?
    private let boost: Int?
    private let vipBoost: Int?
    private let isStrict: Bool?
    private let order: QueueOrder?
    private let defaultTarget: Int?
    private let stickyDays: Int?
    private let stickyWait: Int?
    private let isDefault: Bool?
    private let isActive: Bool?
    private let calendar: Patch<CalendarID>
    private let overflow: Patch<QueueID>
    private let overflowAfter: Int?
    private let fallback: Patch<QueueID>
    private let offerSeconds: Patch<Int>
    private let offerChannels: [OfferChannelObject]?
    private let noTaker: QueueOffers.NoTaker?
    private let escalation: Patch<EscalationChainID>
    private let position: Int?
    private let match: [TicketCondition]?
    private let rules: [IntakeRuleObject]?
    private let weights: [WeightRuleObject]?
    private let steps: [RelaxationStepObject]?
    private let escalations: [QueueEscalationObject]?

    /// - Parameter isNew: whether there is nothing that null could clear.
    init(from reader: inout ObjectReader, isNew: Bool) {
        mode = reader.optional(QueueFields.mode)
        boost = reader.optional(QueueFields.boost)
        vipBoost = reader.optional(QueueFields.vipBoost)
        isStrict = reader.optional(QueueFields.strict)
        order = reader.optional(QueueFields.order)
        defaultTarget = reader.optional(QueueFields.defaultTarget)
        stickyDays = reader.optional(QueueFields.stickyDays)
        stickyWait = reader.optional(QueueFields.stickyWait)
        isDefault = reader.optional(QueueFields.isDefault)
        isActive = reader.optional(QueueFields.active)
        calendar = Self.link(QueueFields.calendar, from: &reader, isNew: isNew)
        overflow = Self.link(QueueFields.overflow, from: &reader, isNew: isNew)
        overflowAfter = reader.optional(QueueFields.overflowAfter)
        fallback = Self.link(QueueFields.fallback, from: &reader, isNew: isNew)
        offerSeconds = Self.link(QueueFields.offerSeconds, from: &reader, isNew: isNew)
        offerChannels = reader.optional(QueueFields.offerChannels)
        if let offerChannels, Set(offerChannels.map(\.channel)).count < offerChannels.count {
            reader.refuse("offer_channel_seconds", .duplicate, "A channel is listed twice.")
        }
        noTaker = reader.optional(QueueFields.noTaker)
        if isNew, noTaker != nil, offerChannels?.isEmpty ?? true, case .keep = offerSeconds {
            reader.refuse("no_taker", .conflict, "Nobody is asked without offer_seconds or offer_channel_seconds.")
        }
        escalation = Self.link(QueueFields.escalation, from: &reader, isNew: isNew)
        position = reader.optional(QueueFields.position)
        match = reader.optional(QueueFields.match)
        rules = reader.optional(QueueFields.rules)
        weights = reader.optional(QueueFields.weights)
        steps = reader.optional(QueueFields.steps)
        escalations = reader.optional(QueueFields.escalations)
    }

    private static func link<Value>(_ field: RequestField<Value>, from reader: inout ObjectReader, isNew: Bool) -> Patch<Value> {
        isNew ? reader.optional(field).map { .set($0) } ?? .keep : reader.patch(field)
    }

    func applied(to before: QueueContent) -> QueueContent {
        var content = before
        content.mode = mode ?? before.mode
        content.boostMinutes = boost ?? before.boostMinutes
        content.vipBoostMinutes = vipBoost ?? before.vipBoostMinutes
        content.isStrict = isStrict ?? before.isStrict
        content.order = order ?? before.order
        content.defaultTargetSeconds = defaultTarget ?? before.defaultTargetSeconds
        content.sticky.days = stickyDays ?? before.sticky.days
        content.sticky.waitSeconds = stickyWait ?? before.sticky.waitSeconds
        content.isDefault = isDefault ?? before.isDefault
        content.isActive = isActive ?? before.isActive
        content.calendarID = calendar.applied(to: before.calendarID)
        content.overflowQueueID = overflow.applied(to: before.overflowQueueID)
        content.overflowAfterSeconds = overflowAfter ?? before.overflowAfterSeconds
        content.fallbackQueueID = fallback.applied(to: before.fallbackQueueID)
        let offers = QueueOffers(
            seconds: offerSeconds.applied(to: before.offers?.seconds),
            channelSeconds: offerChannels.map { Dictionary($0.map { ($0.channel, $0.seconds) }) { _, last in last } }
                ?? before.offers?.channelSeconds ?? [:],
            noTaker: noTaker ?? before.offers?.noTaker ?? .assign
        )
        content.offers = offers.asks ? offers : nil
        content.escalationChainID = escalation.applied(to: before.escalationChainID)
        content.intake.position = position ?? before.intake.position
        content.intake.match = match ?? before.intake.match
        content.intake.rules = rules?.map(\.rule) ?? before.intake.rules
        content.intake.weights = weights?.map(\.rule) ?? before.intake.weights
        content.steps = steps?.map(\.step) ?? before.steps
        content.escalations = escalations?.map(\.escalation) ?? before.escalations
        return content
    }
}
