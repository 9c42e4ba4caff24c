public import Domain
public import Postgres

/// All queues of a tenant. Bounded: a tenant has at most 1,000 queues.
public struct LoadQueueConfigurations: Statement {
    public typealias Row = QueueConfiguration
    public static let sql = """
        SELECT id, mode, boost_minutes, strict, steps, vip_boost_minutes, order_by, default_target_seconds, sticky_days, sticky_wait_seconds,
            is_default, active, calendar_id, position, match, rules, weights, overflow_queue_id, overflow_after_seconds,
            fallback_queue_id, offer_seconds, no_taker, offer_channel_seconds, escalation_chain_id, escalations
        FROM docket.queue WHERE tenant_id = $1 ORDER BY id LIMIT 1000
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> QueueConfiguration {
        var columns = ColumnReader(row)
        let id = try columns.next(QueueID.self)
        let mode = try columns.nextCode(RoutingMode.self)
        let boostMinutes = Int(try columns.next(Int32.self))
        let isStrict = try columns.next(Bool.self)
        let steps = try columns.nextDocument([RelaxationStepDocument].self)
        var boosts = RankBoosts()
        boosts.queueSeconds = boostMinutes * 60
        boosts.vipSeconds = Int(try columns.next(Int32.self)) * 60
        let order = try columns.nextCode(QueueOrder.self)
        let defaultTargetSeconds = Int(try columns.next(Int32.self))
        let stickyDays = Int(try columns.next(Int32.self))
        let stickyWait = Int(try columns.next(Int32.self))
        var configuration = QueueConfiguration(
            id: id,
            rules: RoutingQueueRules(mode: mode, steps: steps.map(\.step), stickyWaitSeconds: stickyWait),
            order: isStrict ? .strictPriority : order == .deadline ? .deadline(defaultTargetSeconds: defaultTargetSeconds) : .boosted(boosts),
            isDefault: try columns.next(),
            isActive: try columns.next(),
            calendarID: try columns.nextOptional(),
            intake: try QueueIntake(&columns),
            stickyDays: stickyDays
        )
        let overflow = try columns.nextOptional(QueueID.self)
        let overflowSeconds = Int(try columns.next(Int32.self))
        configuration.overflow = overflow.map { QueueOverflow(queueID: $0, afterSeconds: overflowSeconds) }
        configuration.fallback = try columns.nextOptional()
        configuration.offers = try QueueOffers?(&columns)
        if let offers = configuration.offers { configuration.rules.asks = Set(Channel.allCases.filter { offers.seconds(on: $0) != nil }) }
        configuration.rules.waitsForClaim = configuration.offers?.noTaker == .wait
        configuration.escalationChainID = try columns.nextOptional()
        configuration.escalations = try columns.nextDocument()
        return configuration
    }
}
