import DequeModule
import Domain

/// Whose turn it is: the scheduler's memory, without I/O or a clock of its own.
///
/// Tenants with something due take turns of one batch each, round and round; one with a great backlog delays the others by its batch, not more.
/// A tenant is worked on by one turn at a time, because two of one process would only get in each other's way.
struct SchedulerBoard {
    typealias Instant = ContinuousClock.Instant

    /// A tenant left alone for a while; kept without a time until it succeeds, so that rests grow.
    private struct Rest {
        var until: Instant?
        var failures: Int
    }

    private var queue: Deque<TenantID> = []
    private var queued: Set<TenantID> = []
    private var running: Set<TenantID> = []
    private var resting: [TenantID: Rest] = [:]

    var isIdle: Bool { running.isEmpty && queue.isEmpty }
    var runningCount: Int { running.count }

    /// When the first resting tenant may have a turn again.
    var nextRetry: Instant? { resting.values.compactMap(\.until).min() }

    /// Notes a tenant with something due, unless it rests.
    private mutating func add(_ tenant: TenantID) {
        guard resting[tenant]?.until == nil, !running.contains(tenant), queued.insert(tenant).inserted else { return }
        queue.append(tenant)
    }

    /// The next tenant; it is running until ``finish(_:at:)``.
    mutating func next() -> TenantID? {
        guard let tenant = queue.popFirst() else { return nil }
        queued.remove(tenant)
        running.insert(tenant)
        return tenant
    }

    mutating func finish(_ report: SchedulerTurnReport, at instant: Instant) {
        running.remove(report.tenant)
        switch report.end {
        case .done:
            resting[report.tenant] = nil
        case .more:
            resting[report.tenant] = nil
            add(report.tenant)
        case .blocked:
            rest(report.tenant, from: instant)
        }
    }

    /// Takes what a look found. A tenant that is due no more starts afresh when it fails again.
    mutating func take(_ due: [TenantID]) {
        for tenant in due { add(tenant) }
        guard !resting.isEmpty else { return }
        let due = Set(due)
        resting = resting.filter { $0.value.until != nil || due.contains($0.key) }
    }

    /// Ends the rests that are over.
    ///
    /// - Returns: whether any was: then the tables are worth a look, because whatever was blocked may have been done by others.
    mutating func endRests(at instant: Instant) -> Bool {
        let over = resting.filter { $0.value.until.map { $0 <= instant } ?? false }.keys
        for tenant in over { resting[tenant]?.until = nil }
        return !over.isEmpty
    }

    /// Doubles from 20 ms to a second; jittered, so that two schedulers do not keep meeting.
    private mutating func rest(_ tenant: TenantID, from instant: Instant) {
        let failures = (resting[tenant]?.failures ?? 0) + 1
        let ceiling = min(Int64(20_000) << Int64(min(failures - 1, 6)), 1_000_000)
        resting[tenant] = Rest(until: instant.advanced(by: .microseconds(Int64.random(in: ceiling / 2...ceiling))), failures: failures)
    }
}
