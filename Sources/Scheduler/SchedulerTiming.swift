import Domain
import Pacing

/// When to look at the tables again.
struct SchedulerTiming {
    typealias Instant = ContinuousClock.Instant

    /// Wake-ups that come faster are answered together.
    private static let spacing: Duration = .milliseconds(20)
    private static let backlogInterval: Duration = .milliseconds(100)
    private static let manyTenants = 64

    private let pollInterval: Duration
    private var pollAt: Instant
    private var dueAt: Instant?
    private var notBefore: Instant
    private var retry = RetryPause()
    /// Whether something says that a look is worth it, before any time has come.
    private var isWanted = true

    init(pollInterval: Duration, at instant: Instant) {
        self.pollInterval = pollInterval
        pollAt = instant
        notBefore = instant
    }

    mutating func want() {
        isWanted = true
    }

    /// Whether to look now.
    func isDue(at instant: Instant) -> Bool { instant >= next }

    /// When ``isDue(at:)`` becomes true if nothing else happens.
    var next: Instant {
        max(notBefore, isWanted ? notBefore : min(pollAt, dueAt ?? pollAt))
    }

    mutating func began() {
        isWanted = false
    }

    /// - Parameter started: when the look began.
    mutating func ended(_ discovery: TimerDiscovery, started: Instant, at instant: Instant) {
        retry.succeeded()
        // While one tenant's backlog is worked off, others must not wait for it to be over.
        let interval = discovery.due > 0 ? min(Self.backlogInterval, pollInterval) : pollInterval
        // A little more than the interval: with the renewal of its plans, too, an idle scheduler sends at most one statement a second.
        pollAt = instant.advanced(by: interval * Double.random(in: 1.02...1.1))
        // What is due already is worked on; its turns ask for the next look when they are over.
        dueAt = discovery.untilNext.flatMap { $0 > 0 ? instant.advanced(by: .microseconds($0)) : nil }
        // With many tenants due a look is long: it may take a tenth of the time. With few it is not, and one that was slow for once, as behind a lock or a server that
        // begins again, must keep nothing waiting for nine times as long.
        let isLong = discovery.tenants.count >= Self.manyTenants
        let pause = isLong ? min(started.duration(to: instant) * 9, pollInterval) : .zero
        notBefore = instant.advanced(by: max(Self.spacing, pause))
    }

    /// - Returns: how often in a row it failed.
    mutating func failed(at instant: Instant) -> Int {
        isWanted = true
        notBefore = instant.advanced(by: retry.failed())
        return retry.failures
    }
}
