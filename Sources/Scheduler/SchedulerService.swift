public import Logging
public import ServiceLifecycle
public import UseCases

/// Keeps every promise's time: sleeps until the next timer or escalation level is due, a wake-up says that an earlier one exists, or it is time to
/// look again; then fires what is due, batch by batch, tenant by tenant (design.md 3).
///
/// Any number may run on one database: the tickets' locks keep them apart. It ends by a graceful shutdown, after the batches under way, or by
/// cancellation; errors of the database only make it wait.
public final class SchedulerService: Service {
    private let environment: UseCaseEnvironment
    private let wakeUps: any WorkSignals
    private let configuration: SchedulerConfiguration
    private let logger: Logger
    private let metrics = SchedulerMetrics()

    public init(environment: UseCaseEnvironment, wakeUps: any WorkSignals, configuration: SchedulerConfiguration = .init(), logger: Logger) {
        self.environment = environment
        self.wakeUps = wakeUps
        self.configuration = configuration
        self.logger = logger
    }

    public func run() async throws {
        let (events, sink) = AsyncStream<SchedulerEvent>.makeStream()
        await withDiscardingTaskGroup { group in
            listen(in: &group, sink: sink)
            group.addTask { await self.keepHouse() }
            group.addTask { await self.ageTickets() }
            group.addTask { await self.watchFeed() }
            var loop = makeLoop(sink: sink)
            loop.begin(in: &group)
            for await event in events {
                loop.handle(event, in: &group)
                if loop.isOver { break }
            }
            loop.end()
            group.cancelAll()
        }
    }

    /// Wake-ups and the graceful shutdown become events.
    private func listen(in group: inout DiscardingTaskGroup, sink: AsyncStream<SchedulerEvent>.Continuation) {
        for wakeUps in [wakeUps.timers(), wakeUps.clock()] {
            group.addTask {
                for await _ in wakeUps { sink.yield(.wokenUp) }
            }
        }
        group.addTask {
            // Throws when cancelled; then the stream of events has ended too.
            if (try? await gracefulShutdown()) != nil { sink.yield(.shutDown) }
        }
    }

    private func makeLoop(sink: AsyncStream<SchedulerEvent>.Continuation) -> SchedulerLoop {
        let timers = DueTimers(environment: environment)
        let runner = SchedulerTurnRunner(
            timers: timers,
            notices: HeldNotices(environment: environment),
            batchSize: configuration.batchSize,
            metrics: metrics,
            logger: logger
        )
        let reevaluator = ReevaluationTurnRunner(
            reevaluations: Reevaluations(environment: environment, partSize: configuration.reevaluationPartSize),
            width: configuration.concurrentReevaluations,
            metrics: metrics,
            logger: logger
        )
        return SchedulerLoop(
            configuration: configuration,
            timers: timers,
            runner: runner,
            reevaluator: reevaluator,
            metrics: metrics,
            sink: sink,
            logger: logger
        )
    }

    /// At the start, then now and then; sooner again where it failed.
    private func keepHouse() async {
        let housekeeping = Housekeeping(database: environment.database, retentionDays: configuration.retentionDays)
        let penalties = PenaltyKeeping(environment: environment)
        while !Task.isCancelled {
            // Neither waits for the other: what hinders one may do so for days.
            let isClean = await succeeds("cannot keep the tables in order") { metrics.recordPurge(try await housekeeping.run()) }
            let isCounted = await succeeds("cannot keep the ledgers of penalties") { try await penalties.run() }
            if Task.isCancelled { return }
            let pause = isClean && isCounted ? configuration.housekeepingInterval : min(configuration.housekeepingInterval, .seconds(60))
            try? await Task.sleep(for: pause * Double.random(in: 0.9...1.1))
        }
    }

    /// As often as the rest of the housekeeping, and beside it: what has piled up where a tenant begins with it keeps nothing else waiting.
    private func ageTickets() async {
        let failures = FailureSink { [logger] failure in
            var metadata: Logger.Metadata = ["tenant": "\(failure.tenant)", "reason": "\(failure.error)"]
            if let ticket = failure.ticket { metadata["ticket"] = "\(ticket)" }
            logger.warning("cannot close or archive tickets that are due", metadata: metadata)
        }
        let aging = TicketAging(environment: environment, failures: failures)
        while !Task.isCancelled {
            var hasMore = false
            let isClean = await succeeds("cannot look for tickets to close or archive") {
                let report = try await aging.run()
                metrics.record(report)
                hasMore = report.hasMore
            }
            if Task.isCancelled { return }
            let interval = configuration.housekeepingInterval
            let pause = hasMore ? min(interval, .seconds(1)) : isClean ? interval : min(interval, .seconds(60))
            try? await Task.sleep(for: pause * Double.random(in: 0.9...1.1))
        }
    }

    /// Without the database nothing is read from the feed either: what was seen last stands.
    private func watchFeed() async {
        var watch = FeedWatch(environment: environment)
        let clock = ContinuousClock()
        while !Task.isCancelled {
            if let delay = try? await watch.look(at: clock.now) { metrics.recordFeed(delay) }
            // Throws when cancelled, which ends the loop.
            try? await Task.sleep(for: configuration.feedInterval)
        }
    }

    private func succeeds(_ complaint: Logger.Message, _ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return true
        } catch {
            if !Task.isCancelled { logger.warning(complaint, metadata: ["reason": "\(error)"]) }
            return false
        }
    }
}
