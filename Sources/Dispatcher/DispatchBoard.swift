import Domain

/// What there is to do and whose turn it is: the dispatcher's memory, without I/O or a clock of its own.
///
/// A tenant is worked on by one turn at a time: its queues share agents, and two passes would only refuse each other's pairs.
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

    /// Microseconds: another dispatcher is done with a queue soon, and the database is back. What fails each time by itself is to take no turns from others and fill no log.
    private static let longestRest: Int64 = 500_000
    private static let longestRestOfFailed: Int64 = 4_000_000

    private var resting: [Key: Rest] = [:]
    private var random: any RandomNumberGenerator & Sendable

    /// - Parameter random: jitters rests; a test gives its own, seeded.
    init(quantum: Int, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.random = random
        round = DeficitRoundRobin(quantum: quantum)
    }

    var isIdle: Bool { round.isIdle }

    /// Whether there is nothing to do, and nothing comes back by itself: until the next look ends, nobody gets a turn.
    var isQuiet: Bool { isIdle && nextRetry == nil }

    var runningCount: Int { round.runningCount }

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
        round.activate(lane.tenant, weight: lane.weight)
    }

    /// Books a turn that began while the board was quiet, with the look that found its queue; the tenant is running until ``finish(_:at:)``.
    mutating func begin(_ turn: DispatchTurn, weight: Int) {
        weights[turn.tenant] = weight
        round.begin(turn.tenant, weight: weight, allowance: turn.allowance)
    }

    /// The next turn; the tenant is running until ``finish(_:at:)``.
    mutating func next() -> DispatchTurn? {
        while let turn = round.next() {
            guard let queues = pending.removeValue(forKey: turn.tenant) else {
                round.finish(turn.tenant, spent: 0, hasMore: false)
                continue
            }
            return DispatchTurn(tenant: turn.tenant, queues: queues, allowance: turn.allowance)
        }
        return nil
    }

    mutating func finish(_ report: DispatchTurnReport, at instant: ContinuousClock.Instant) {
        let tenant = report.tenant
        for queue in report.done + report.more { resting[Key(tenant: tenant, queue: queue)] = nil }
        for queue in report.blocked { rest(Key(tenant: tenant, queue: queue), from: instant, counting: \.blocks, longest: Self.longestRest) }
        for queue in report.failed { rest(Key(tenant: tenant, queue: queue), from: instant, counting: \.failures, longest: Self.longestRestOfFailed) }
        // Before those found meanwhile: else the queues that always have work would come first each time.
        pending[tenant, default: PendingQueues()].putFirst(report.more)
        if pending[tenant]?.isEmpty == true { pending[tenant] = nil }
        round.finish(tenant, spent: report.spent, hasMore: pending[tenant] != nil, isCutShort: report.isCutShort)
        if pending[tenant] == nil, !resting.keys.contains(where: { $0.tenant == tenant }) { weights[tenant] = nil }
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
}
