import Domain

/// What there is to do and whose turn it is: the dispatcher's memory, without I/O or a clock of its own.
///
/// A tenant is worked on by one turn at a time: its queues share agents, and two passes would only refuse each other's pairs. The tenant leaves
/// the round while its turn runs and joins at the end when there is more, which is what deficit round robin does with a turn that spent its credit.
struct DispatchBoard {
    private struct Key: Hashable {
        let tenant: TenantID
        let queue: QueueID
    }

    /// A queue left alone for a while; kept without a time until it succeeds, so that rests grow.
    private struct Rest {
        var until: ContinuousClock.Instant?
        /// How often it was blocked, and how often a pass failed, since it succeeded.
        var blocks = 0
        var failures = 0
    }

    private var round: DeficitRoundRobin
    private var pending: [TenantID: PendingQueues] = [:]
    private var weights: [TenantID: Int] = [:]
    /// With what each may take up in its turn.
    private var running: [TenantID: Int] = [:]
    /// What tenants took up beyond that, or below zero what another dispatcher kept them from; forgotten once nobody waits.
    private var debts: [TenantID: Int] = [:]

    /// The most visits for which a tenant is passed over.
    private static let longestDebt = 20
    /// The most visits that are made up for where dispatchers met.
    private static let longestCredit = 4

    /// Microseconds: another dispatcher is done with a queue soon, and the database is back. What fails each time by itself is to take no turns from others and fill no log.
    private static let longestRest: Int64 = 500_000
    private static let longestRestOfFailed: Int64 = 4_000_000

    private var resting: [Key: Rest] = [:]
    private var random: any RandomNumberGenerator & Sendable

    /// - Parameter random: jitters rests; a test gives its own, seeded.
    init(quantum: Int, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
        // The whole credit of a visit is one turn.
        round = DeficitRoundRobin(quantum: quantum, batchLimit: .max)
    }

    var isIdle: Bool { running.isEmpty && pending.isEmpty }

    /// Whether there is nothing to do, and nothing comes back by itself: until the next look ends, nobody gets a turn.
    var isQuiet: Bool { isIdle && nextRetry == nil }

    var runningCount: Int { running.count }

    /// How many tenants wait for their turn.
    var pendingCount: Int { pending.count }

    /// When the first resting queue may be looked at again.
    var nextRetry: ContinuousClock.Instant? {
        resting.values.compactMap(\.until).min()
    }

    /// Notes a queue that is worth a look, unless it rests.
    mutating func add(_ lane: RoutingLane) {
        guard resting[Key(tenant: lane.tenant, queue: lane.queue)]?.until == nil else { return }
        pending[lane.tenant, default: PendingQueues()].add(lane.queue, isStepDue: lane.isStepDue)
        weights[lane.tenant] = lane.weight
        if running[lane.tenant] == nil { activate(lane.tenant) }
    }

    /// Books a turn that began while the board was quiet, with the look that found its queue; the tenant is running until ``finish(_:at:)``.
    mutating func begin(_ turn: DispatchTurn, weight: Int) {
        weights[turn.tenant] = weight
        running[turn.tenant] = turn.allowance
    }

    /// The next turn; the tenant is running until ``finish(_:at:)``.
    mutating func next() -> DispatchTurn? {
        while let turn = round.next() {
            round.finish(turn.tenant, spent: 0, hasMore: false)
            guard let queues = pending.removeValue(forKey: turn.tenant) else { continue }
            running[turn.tenant] = turn.allowance
            return DispatchTurn(tenant: turn.tenant, queues: queues, allowance: turn.allowance)
        }
        return nil
    }

    mutating func finish(_ report: DispatchTurnReport, at instant: ContinuousClock.Instant) {
        let tenant = report.tenant
        book(report)
        for queue in report.done + report.more { resting[Key(tenant: tenant, queue: queue)] = nil }
        for queue in report.blocked { rest(Key(tenant: tenant, queue: queue), from: instant, counting: \.blocks, longest: Self.longestRest) }
        for queue in report.failed { rest(Key(tenant: tenant, queue: queue), from: instant, counting: \.failures, longest: Self.longestRestOfFailed) }
        // Before those found meanwhile: else the queues that always have work would come first each time.
        pending[tenant, default: PendingQueues()].putFirst(report.more)
        if pending[tenant]?.isEmpty == true { pending[tenant] = nil }
        settle(tenant)
    }

    /// Brings back the queues whose rest is over, in the order in which it ended.
    mutating func wakeRested(at instant: ContinuousClock.Instant) {
        let due = resting.compactMap { key, rest in rest.until.flatMap { $0 <= instant ? (key: key, until: $0) : nil } }
        for (key, _) in due.sorted(by: { $0.until < $1.until }) {
            resting[key]?.until = nil
            add(RoutingLane(tenant: key.tenant, queue: key.queue, weight: weights[key.tenant] ?? 1))
        }
    }

    /// Doubles from 10 ms to so many microseconds; jittered, so that two dispatchers do not keep meeting.
    private mutating func rest(
        _ key: Key,
        from instant: ContinuousClock.Instant,
        counting count: WritableKeyPath<Rest, Int>,
        longest: Int64
    ) {
        var rest = resting[key] ?? Rest()
        let ceiling = min(Int64(10_000) << Int64(min(rest[keyPath: count], 9)), longest)
        rest.until = instant.advanced(by: .microseconds(Int64.random(in: ceiling / 2...ceiling, using: &random)))
        rest[keyPath: count] += 1
        resting[key] = rest
    }

    /// Ends a turn; what it took beyond its allowance is made up for by turns that pass.
    ///
    /// What a busy lane left unused is added to the next turn, up to some visits' worth: the longer a tenant's turns are, the more often the dispatchers meet at
    /// its lanes, and without that weights count for less the more dispatchers there are.
    private mutating func book(_ report: DispatchTurnReport) {
        let tenant = report.tenant
        guard let allowance = running.removeValue(forKey: tenant) else { return }
        let visit = round.quantum * (weights[tenant] ?? 1)
        let excess = min(max(report.spent - allowance, -Self.longestCredit * visit), Self.longestDebt * visit)
        if excess > 0 || report.isCutShort { debts[tenant] = excess }
        if isIdle { debts = [:] }
    }

    private mutating func activate(_ tenant: TenantID) {
        round.activate(tenant, weight: weights[tenant] ?? 1, owing: debts.removeValue(forKey: tenant) ?? 0)
    }

    /// Puts a tenant with more to do back into the round, or forgets it.
    private mutating func settle(_ tenant: TenantID) {
        if pending[tenant] != nil {
            activate(tenant)
        } else if !resting.keys.contains(where: { $0.tenant == tenant }) {
            weights[tenant] = nil
        }
    }
}
