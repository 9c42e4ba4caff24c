import Domain
import Pacing

/// When to look at the tables again.
struct DispatchTiming {
    typealias Instant = ContinuousClock.Instant

    private static let manyLanes = 64

    private let pollInterval: Duration
    private var pollAt: Instant
    private var stepAt: Instant?
    private var notBefore: Instant
    private var retry = RetryPause()
    /// Whether something says that a look is worth it, before any time has come.
    private var isWanted = true
    /// Whether signals were told of: a look at these alone answers that.
    private var isWoken = false
    /// Where the next page of a look begins that is not over.
    private(set) var position: RoutingLane?

    init(pollInterval: Duration, at instant: Instant) {
        self.pollInterval = pollInterval
        pollAt = instant
        notBefore = instant
    }

    mutating func want() {
        isWanted = true
    }

    mutating func wake() {
        isWoken = true
    }

    /// Whether to look now.
    func isDue(at instant: Instant) -> Bool {
        instant >= notBefore && (isWoken || isWholeDue(at: instant))
    }

    /// When ``isDue(at:)`` becomes true if nothing else happens.
    var next: Instant {
        max(notBefore, isWoken || isWanted ? notBefore : min(pollAt, stepAt ?? pollAt))
    }

    /// - Returns: what to look at. Steps are left out where only signals were told of: they would be half of what a look costs each new ticket.
    mutating func begin(at instant: Instant) -> RoutingDiscovery.Scope {
        defer { (isWanted, isWoken) = (false, false) }
        return isWholeDue(at: instant) ? .all : .signals
    }

    private func isWholeDue(at instant: Instant) -> Bool {
        isWanted || instant >= pollAt || (stepAt.map { instant >= $0 } ?? false)
    }

    /// - Parameter started: when the look began.
    mutating func ended(_ discovery: RoutingDiscovery, started: Instant, at instant: Instant) {
        retry.succeeded()
        position = discovery.next
        if position != nil { isWanted = true }
        if discovery.scope == .all {
            pollAt = instant.advanced(by: pollInterval * Double.random(in: 0.8...1))
            // One that is due already is worked on; looking again at once would only find it again.
            stepAt = discovery.untilNextStep.flatMap { $0 > 0 ? instant.advanced(by: .microseconds($0)) : nil }
        }
        // With many tenants waiting a look is long: it may take a tenth of the time, however often it is asked for. With few it is short, and
        // putting the next one off would cost each ticket of a light load many times what it saves.
        let isLong = discovery.lanes.count >= Self.manyLanes && position == nil
        notBefore = isLong ? instant.advanced(by: started.duration(to: instant) * 9) : instant
    }

    /// - Returns: how often in a row it failed.
    mutating func failed(at instant: Instant) -> Int {
        isWanted = true
        position = nil
        notBefore = instant.advanced(by: retry.failed())
        return retry.failures
    }
}
