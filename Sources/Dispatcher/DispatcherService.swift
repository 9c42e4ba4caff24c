public import Logging
public import ServiceLifecycle
public import UseCases

/// Assigns tickets: finds out which queues are worth a look, gives each tenant its turn, and runs passes until nothing is left (routing.md E, H).
///
/// Any number may run on one database: a queue's lane keeps them apart, and the guard of the commit would, should that fail. It ends by a graceful
/// shutdown, after the passes under way, or by cancellation; errors of the database only make it wait.
public final class DispatcherService: Service {
    private let environment: UseCaseEnvironment
    private let wakeUps: any WorkSignals
    private let configuration: DispatcherConfiguration
    private let logger: Logger
    private let metrics = DispatcherMetrics()

    public init(environment: UseCaseEnvironment, wakeUps: any WorkSignals, configuration: DispatcherConfiguration = .init(), logger: Logger) {
        self.environment = environment
        self.wakeUps = wakeUps
        self.configuration = configuration
        self.logger = logger
    }

    public func run() async throws {
        await withTaskExecutorPreference(environment.executor) { await dispatch() }
    }

    private func dispatch() async {
        let (events, sink) = AsyncStream<DispatchEvent>.makeStream()
        let wakeUps = wakeUps.routing()
        let failures = failures("cannot move a ticket on, tell of it, follow an edit with it, or end its round of offers")
        let passes = RoutingPasses(environment: environment, failures: failures)
        let runner = DispatchTurnRunner(passes: passes, metrics: metrics, quantum: configuration.quantum, logger: logger)
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in wakeUps { sink.yield(.wokenUp) }
            }
            group.addTask {
                // Throws when cancelled; then the stream of events has ended too.
                if (try? await gracefulShutdown()) != nil { sink.yield(.shutDown) }
            }
            group.addTask { await self.measure() }
            group.addTask { await self.lookAfterAbsence() }
            group.addTask { await self.endOffers() }
            var loop = DispatchLoop(configuration: configuration, passes: passes, runner: runner, sink: sink, logger: logger)
            loop.begin(in: &group)
            for await event in events {
                loop.handle(event, in: &group)
                if loop.isOver { break }
            }
            loop.end()
            group.cancelAll()
        }
    }

    /// Agents who are gone: found within an interval of their time.
    private func lookAfterAbsence() async {
        let absent = AbsentAgents(environment: environment, failures: failures("cannot look after an absent agent's work"))
        await repeatedly("cannot look after absent agents") {
            let count = try await absent.run()
            if count > 0 { metrics.recordRequeued(count) }
        }
    }

    /// Offers that nobody answered, however much absent agents leave.
    private func endOffers() async {
        let offers = Offers(environment: environment)
        let failures = failures("cannot end an old offer")
        await repeatedly("cannot end old offers") {
            let ended = try await offers.endDue(failures: failures)
            if ended > 0 { metrics.recordTimedOut(ended) }
        }
    }

    private func repeatedly(_ problem: Logger.Message, _ look: () async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await look()
            } catch {
                logger.warning(problem, metadata: ["reason": "\(error)"])
            }
            try? await Task.sleep(for: configuration.absenceInterval * Double.random(in: 0.8...1))
        }
    }

    private func failures(_ problem: Logger.Message) -> FailureSink {
        FailureSink { [logger] failure in
            var metadata: Logger.Metadata = ["reason": "\(failure.error)", "tenant": "\(failure.tenant)"]
            if let agent = failure.agent { metadata["agent"] = "\(agent)" }
            if let ticket = failure.ticket { metadata["ticket"] = "\(ticket)" }
            logger.warning(problem, metadata: metadata)
        }
    }

    /// What operators look at beside the passes themselves: what waits, and who is there.
    private func measure() async {
        let passes = RoutingPasses(environment: environment)
        while !Task.isCancelled {
            if let backlog = try? await passes.backlog() {
                metrics.recordBacklog(backlog.waiting, oldestAge: backlog.oldestAge)
            }
            if let agents = try? await passes.agentCounts() { metrics.recordAgents(agents) }
            try? await Task.sleep(for: configuration.backlogInterval)
        }
    }
}
