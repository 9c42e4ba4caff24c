import Domain
import Store

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
        let failures: Int
    }

    private var round: DeficitRoundRobin
    private var pending: [TenantID: PendingQueues] = [:]
    private var weights: [TenantID: Int] = [:]
    private var running: Set<TenantID> = []
    private var resting: [Key: Rest] = [:]

    init(quantum: Int) {
        // The whole credit of a visit is one turn.
        round = DeficitRoundRobin(quantum: quantum, batchLimit: .max)
    }

    var isIdle: Bool { running.isEmpty && pending.isEmpty }

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
        if !running.contains(lane.tenant) { round.activate(lane.tenant, weight: lane.weight) }
    }

    /// The next turn; the tenant is running until ``finish(_:at:)``.
    mutating func next() -> DispatchTurn? {
        while let turn = round.next() {
            round.finish(turn.tenant, spent: 0, hasMore: false)
            guard let queues = pending.removeValue(forKey: turn.tenant) else { continue }
            running.insert(turn.tenant)
            return DispatchTurn(tenant: turn.tenant, queues: queues, allowance: turn.allowance)
        }
        return nil
    }

    mutating func finish(_ report: DispatchTurnReport, at instant: ContinuousClock.Instant) {
        let tenant = report.tenant
        running.remove(tenant)
        for queue in report.done + report.more { resting[Key(tenant: tenant, queue: queue)] = nil }
        for queue in report.blocked { rest(Key(tenant: tenant, queue: queue), from: instant) }
        // Before those found meanwhile: else the queues that always have work would come first each time.
        pending[tenant, default: PendingQueues()].putFirst(report.more)
        if pending[tenant]?.isEmpty == true { pending[tenant] = nil }
        settle(tenant)
    }

    /// Brings back the queues whose rest is over.
    mutating func wakeRested(at instant: ContinuousClock.Instant) {
        for (key, rest) in resting {
            guard let until = rest.until, until <= instant else { continue }
            resting[key]?.until = nil
            add(RoutingLane(tenant: key.tenant, queue: key.queue, weight: weights[key.tenant] ?? 1))
        }
    }

    /// Doubles from 10 ms to half a second; jittered, so that two dispatchers do not keep meeting.
    private mutating func rest(_ key: Key, from instant: ContinuousClock.Instant) {
        let failures = (resting[key]?.failures ?? 0) + 1
        let ceiling = min(Int64(10_000) << Int64(min(failures - 1, 6)), 500_000)
        resting[key] = Rest(until: instant.advanced(by: .microseconds(Int64.random(in: ceiling / 2...ceiling))), failures: failures)
    }

    /// Puts a tenant with more to do back into the round, or forgets it.
    private mutating func settle(_ tenant: TenantID) {
        if pending[tenant] != nil {
            round.activate(tenant, weight: weights[tenant] ?? 1)
        } else if !resting.keys.contains(where: { $0.tenant == tenant }) {
            weights[tenant] = nil
        }
    }
}
