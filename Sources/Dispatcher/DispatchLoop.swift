import Domain
import Logging
import Pacing
import UseCases

/// The dispatcher's loop: reacts to one event at a time by starting looks and turns as tasks of the group, which report back as events.
struct DispatchLoop {
    private let configuration: DispatcherConfiguration
    private let passes: RoutingPasses
    private let runner: DispatchTurnRunner
    private let sink: AsyncStream<DispatchEvent>.Continuation
    private let logger: Logger
    private let clock = ContinuousClock()
    private var board: DispatchBoard
    private var fairness: TenantFairness
    /// When operators were last told of the fairness.
    private var fairnessTold: ContinuousClock.Instant
    private var timing: DispatchTiming
    private var isDiscovering = false
    /// So many looks are to begin no pass.
    private var plainLooks = 0
    private var discoveryStarted: ContinuousClock.Instant
    private var isStopping = false
    /// When the first wake-up was heard that no pass has answered yet.
    private var wokenAt: ContinuousClock.Instant?
    private var alarm = LoopAlarm()

    /// How many looks only look after one that took too long.
    private static let plainLooks = 50
    /// Tenants that wait for a turn beyond which no further page is read: their turns come first.
    private static let maximumPending = 5_000
    private static let fairnessInterval = Duration.seconds(1)

    init(
        configuration: DispatcherConfiguration,
        passes: RoutingPasses,
        runner: DispatchTurnRunner,
        sink: AsyncStream<DispatchEvent>.Continuation,
        logger: Logger
    ) {
        self.configuration = configuration
        self.passes = passes
        self.runner = runner
        self.sink = sink
        self.logger = logger
        board = DispatchBoard(quantum: configuration.quantum)
        timing = DispatchTiming(pollInterval: configuration.pollInterval, at: clock.now)
        discoveryStarted = clock.now
        fairness = TenantFairness(at: discoveryStarted)
        fairnessTold = discoveryStarted
    }

    /// Whether a shutdown was asked for and everything under way has ended.
    var isOver: Bool { isStopping && board.runningCount == 0 && !isDiscovering }

    mutating func begin(in group: inout DiscardingTaskGroup) {
        proceed(in: &group)
    }

    mutating func handle(_ event: DispatchEvent, in group: inout DiscardingTaskGroup) {
        switch event {
        case .wokenUp:
            if wokenAt == nil { wokenAt = clock.now }
            timing.wake()
        case .alarm(let number):
            guard alarm.hasRung(number) else { return }
            board.wakeRested(at: clock.now)
        case .discovered(let discovery, let begun):
            isDiscovering = false
            timing.ended(discovery, started: discoveryStarted, at: clock.now)
            if let begun {
                if discoveryStarted.duration(to: clock.now) > configuration.longLook { plainLooks = Self.plainLooks }
                for lane in discovery.lanes { book(begun, of: lane) }
            } else {
                // Each dispatcher in an order of its own: in the same one they would meet at every lane.
                for lane in discovery.lanes.shuffled() { add(lane) }
            }
            if discovery.lanes.isEmpty, board.isIdle { wokenAt = nil }
        case .discoveryFailed(let error):
            isDiscovering = false
            plainLooks = Self.plainLooks
            let failures = timing.failed(at: clock.now)
            if failures == 1 || failures.isMultiple(of: 30) {
                logger.warning("cannot look for work", metadata: ["reason": "\(error)", "failures": "\(failures)"])
            }
        case .finished(let report):
            board.finish(report, at: clock.now)
            fairness.ended(report.tenant, spent: report.spent, hasMore: !report.more.isEmpty, at: clock.now)
            if let woken = wokenAt {
                runner.metrics.recordWakeUp(woken.duration(to: clock.now))
                wokenAt = nil
            }
            // What stays may have got a new time for its next step.
            if board.isIdle, report.leavesWaiting { timing.want() }
        case .shutDown:
            isStopping = true
        }
        proceed(in: &group)
    }

    mutating func end() {
        alarm.cancel()
        sink.finish()
    }

    /// Notes a queue that is worth a look; one that rests is none.
    private mutating func add(_ lane: RoutingLane) {
        let pending = board.pendingCount
        board.add(lane)
        if board.pendingCount > pending { fairness.found(lane.tenant, weight: lane.weight, at: clock.now) }
    }

    /// Notes a turn that is under way already.
    private mutating func book(_ turn: DispatchTurn, of lane: RoutingLane) {
        fairness.found(lane.tenant, weight: lane.weight, at: clock.now)
        board.begin(turn, weight: lane.weight)
        fairness.began(turn.tenant, at: clock.now)
    }

    private mutating func tellFairness() {
        guard fairnessTold.duration(to: clock.now) >= Self.fairnessInterval else { return }
        fairnessTold = clock.now
        runner.metrics.recordFairness(fairness.summary(at: fairnessTold))
    }

    private mutating func proceed(in group: inout DiscardingTaskGroup) {
        tellFairness()
        guard !isStopping else { return }
        discoverIfDue(in: &group)
        while board.runningCount < max(1, configuration.concurrentPasses), let turn = board.next() {
            fairness.began(turn.tenant, at: clock.now)
            // A turn alone runs where the answers arrive (decision 15); turns beside each other take the processors that there are. Two calls, because a task
            // that is added with a preference that happens to be nil does not get its parent's in optimised builds (Swift 6.3).
            if board.runningCount > 1 {
                group.addTask(executorPreference: globalConcurrentExecutor) { [runner, sink] in sink.yield(.finished(await runner.run(turn))) }
            } else {
                group.addTask { [runner, sink] in sink.yield(.finished(await runner.run(turn))) }
            }
        }
        setAlarm()
    }

    private mutating func discoverIfDue(in group: inout DiscardingTaskGroup) {
        guard !isDiscovering, timing.isDue(at: clock.now), board.pendingCount < Self.maximumPending else { return }
        isDiscovering = true
        discoveryStarted = clock.now
        let position = timing.position
        let scope = timing.begin(at: discoveryStarted)
        let mayBegin = plainLooks == 0
        if !mayBegin { plainLooks -= 1 }
        if mayBegin, scope == .signals, position == nil, board.isQuiet {
            group.addTask { [runner, sink] in await runner.look { sink.yield($0) } }
            return
        }
        group.addTask { [passes, sink] in
            do {
                sink.yield(.discovered(try await passes.discover(scope, after: position), begun: nil))
            } catch {
                sink.yield(.discoveryFailed(error))
            }
        }
    }

    /// One alarm at a time, for whatever comes first; the look itself sets the next.
    private mutating func setAlarm() {
        var time = board.nextRetry
        if !isDiscovering, board.pendingCount < Self.maximumPending { time = min(time ?? timing.next, timing.next) }
        alarm.set(for: time) { [sink] in sink.yield(.alarm($0)) }
    }
}
