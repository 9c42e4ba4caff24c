import Domain
import Logging
import Pacing
import UseCases

/// The scheduler's loop: reacts to one event at a time by starting looks and turns as tasks of the group, which report back as events.
struct SchedulerLoop {
    private let configuration: SchedulerConfiguration
    private let timers: DueTimers
    private let runner: SchedulerTurnRunner
    private let reevaluator: ReevaluationTurnRunner
    private let metrics: SchedulerMetrics
    private let sink: AsyncStream<SchedulerEvent>.Continuation
    private let logger: Logger
    private let clock = ContinuousClock()
    private var board = SchedulerBoard()
    /// Re-evaluations take turns among themselves: what is due never waits for them.
    private var reevaluations = SchedulerBoard()
    private var timing: SchedulerTiming
    private var isDiscovering = false
    private var discoveryStarted: ContinuousClock.Instant
    private var isStopping = false
    private var backlogCountedAt: ContinuousClock.Instant?
    private var alarm = LoopAlarm()

    init(
        configuration: SchedulerConfiguration,
        timers: DueTimers,
        runner: SchedulerTurnRunner,
        reevaluator: ReevaluationTurnRunner,
        metrics: SchedulerMetrics,
        sink: AsyncStream<SchedulerEvent>.Continuation,
        logger: Logger
    ) {
        self.configuration = configuration
        self.timers = timers
        self.runner = runner
        self.reevaluator = reevaluator
        self.metrics = metrics
        self.sink = sink
        self.logger = logger
        timing = SchedulerTiming(pollInterval: configuration.pollInterval, at: clock.now)
        discoveryStarted = clock.now
    }

    /// Whether a shutdown was asked for and everything under way has ended.
    var isOver: Bool { isStopping && board.runningCount == 0 && reevaluations.runningCount == 0 && !isDiscovering }

    mutating func begin(in group: inout DiscardingTaskGroup) {
        proceed(in: &group)
    }

    mutating func handle(_ event: SchedulerEvent, in group: inout DiscardingTaskGroup) {
        switch event {
        case .wokenUp:
            timing.want()
        case .alarm(let number):
            guard alarm.hasRung(number) else { return }
            let (isDue, isWaiting) = (board.endRests(at: clock.now), reevaluations.endRests(at: clock.now))
            if isDue || isWaiting { timing.want() }
        case .discovered(let discovery):
            isDiscovering = false
            timing.ended(discovery, started: discoveryStarted, at: clock.now)
            board.take(discovery.tenants)
            reevaluations.take(discovery.reevaluating)
            recordBacklog(discovery, in: &group)
        case .discoveryFailed(let error):
            isDiscovering = false
            let failures = timing.failed(at: clock.now)
            if failures == 1 || failures.isMultiple(of: 30) {
                logger.warning("cannot look for due timers", metadata: ["reason": "\(error)", "failures": "\(failures)"])
            }
        case .finished(let report):
            board.finish(report, at: clock.now)
            // When the next is due is known to the tables alone.
            if board.isIdle { timing.want() }
        case .reevaluated(let report):
            reevaluations.finish(report, at: clock.now)
            if report.end != .blocked, reevaluations.isIdle { timing.want() }
        case .shutDown:
            isStopping = true
        }
        proceed(in: &group)
    }

    mutating func end() {
        alarm.cancel()
        sink.finish()
    }

    private mutating func proceed(in group: inout DiscardingTaskGroup) {
        guard !isStopping else { return }
        discoverIfDue(in: &group)
        while board.runningCount < max(1, configuration.concurrentTurns), let tenant = board.next() {
            group.addTask { [runner, sink] in sink.yield(.finished(await runner.run(tenant))) }
        }
        while reevaluations.runningCount < 1, let tenant = reevaluations.next() {
            group.addTask { [reevaluator, sink] in sink.yield(.reevaluated(await reevaluator.run(tenant))) }
        }
        setAlarm()
    }

    private mutating func discoverIfDue(in group: inout DiscardingTaskGroup) {
        guard !isDiscovering, timing.isDue(at: clock.now) else { return }
        isDiscovering = true
        discoveryStarted = clock.now
        timing.began()
        group.addTask { [timers, sink] in
            do {
                sink.yield(.discovered(try await timers.discover()))
            } catch {
                sink.yield(.discoveryFailed(error))
            }
        }
    }

    /// What a look sees is enough while little is due; a backlog is counted now and then.
    private mutating func recordBacklog(_ discovery: TimerDiscovery, in group: inout DiscardingTaskGroup) {
        let isDue = backlogCountedAt.map { $0.duration(to: clock.now) >= configuration.backlogInterval } ?? true
        guard discovery.due > 0, isDue else {
            if discovery.due == 0 { metrics.recordBacklog(0) }
            return
        }
        backlogCountedAt = clock.now
        group.addTask { [timers, metrics] in
            if let due = try? await timers.backlog() { metrics.recordBacklog(due) }
        }
    }

    /// One alarm at a time, for whatever comes first; the look itself sets the next.
    private mutating func setAlarm() {
        var time = [board.nextRetry, reevaluations.nextRetry].compactMap(\.self).min()
        if !isDiscovering { time = min(time ?? timing.next, timing.next) }
        alarm.set(for: time) { [sink] in sink.yield(.alarm($0)) }
    }
}
