public import Domain
public import Postgres

extension QueueContent: StoredContent {
    public static var table: String { "queue" }
    public static var columns: [String] {
        [
            "name", "mode", "boost_minutes", "strict", "is_default", "steps", "calendar_id", "active", "position", "match", "rules", "weights",
            "vip_boost_minutes", "order_by", "default_target_seconds", "sticky_days", "sticky_wait_seconds", "overflow_queue_id",
            "overflow_after_seconds", "fallback_queue_id", "offer_seconds", "no_taker", "offer_channel_seconds",
            "escalation_chain_id", "escalations",
        ]
    }

    public static func bind(_ record: Queue, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.mode.rawValue)
        binder.append(Int32(clamping: record.content.boostMinutes))
        binder.append(record.content.isStrict)
        binder.append(record.content.isDefault)
        binder.append(DocumentCoding.encode(record.content.steps.map(RelaxationStepDocument.init)))
        binder.append(record.content.calendarID)
        binder.append(record.content.isActive)
        binder.append(Int32(clamping: record.content.intake.position))
        binder.append(DocumentCoding.encode(record.content.intake.match))
        binder.append(DocumentCoding.encode(record.content.intake.rules))
        binder.append(DocumentCoding.encode(record.content.intake.weights))
        binder.append(Int32(clamping: record.content.vipBoostMinutes))
        binder.append(record.content.order.rawValue)
        binder.append(Int32(clamping: record.content.defaultTargetSeconds))
        binder.append(Int32(clamping: record.content.sticky.days))
        binder.append(Int32(clamping: record.content.sticky.waitSeconds))
        binder.append(record.content.overflowQueueID)
        binder.append(Int32(clamping: record.content.overflowAfterSeconds))
        binder.append(record.content.fallbackQueueID)
        binder.append(record.content.offers?.seconds.map { Int32(clamping: $0) })
        binder.append((record.content.offers?.noTaker ?? .assign).rawValue)
        ChannelColumns.bind(record.content.offers?.channelSeconds ?? [:], into: &binder)
        binder.append(record.content.escalationChainID)
        binder.append(DocumentCoding.encode(record.content.escalations))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            mode: try columns.nextCode(),
            boostMinutes: Int(try columns.next(Int32.self)),
            isStrict: try columns.next(),
            isDefault: try columns.next(),
            steps: try columns.nextDocument([RelaxationStepDocument].self).map(\.step),
            calendarID: try columns.nextOptional(),
            isActive: try columns.next()
        )
        intake = try QueueIntake(&columns)
        vipBoostMinutes = Int(try columns.next(Int32.self))
        order = try columns.nextCode()
        defaultTargetSeconds = Int(try columns.next(Int32.self))
        sticky = StickyAgents(days: Int(try columns.next(Int32.self)), waitSeconds: Int(try columns.next(Int32.self)))
        overflowQueueID = try columns.nextOptional()
        overflowAfterSeconds = Int(try columns.next(Int32.self))
        fallbackQueueID = try columns.nextOptional()
        offers = try QueueOffers?(&columns)
        escalationChainID = try columns.nextOptional()
        escalations = try columns.nextDocument()
    }
}

extension QueueIntake {
    /// Reads the columns `position, match, rules, weights`.
    init(_ columns: inout ColumnReader) throws(DecodeError) {
        let position = Int(try columns.next(Int32.self))
        self.init(position: position, match: try columns.nextDocument(), rules: try columns.nextDocument(), weights: try columns.nextDocument())
    }
}

extension QueueOffers? {
    /// Reads the columns `offer_seconds, no_taker, offer_channel_seconds`.
    init(_ columns: inout ColumnReader) throws(DecodeError) {
        let seconds = try columns.nextOptional(Int32.self).map(Int.init)
        let noTaker = try columns.nextCode(QueueOffers.NoTaker.self)
        let offers = QueueOffers(seconds: seconds, channelSeconds: try ChannelColumns.decodeCapacities(&columns), noTaker: noTaker)
        self = offers.asks ? offers : nil
    }
}

extension RelaxationStepDocument {
    init(_ step: RelaxationStep) {
        self.init(after: step.afterSeconds, dropFrom: step.dropFrom, tier: step.tier, minLevelDown: step.levelsDown)
    }
}
