import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Telemetry

@Suite struct GracefulShutdownTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Writes what happens to it into a log shared with others.
    private struct Recorder: Service {
        let name: String
        let events: Events

        func run() async throws {
            events.add("\(name) runs")
            try? await gracefulShutdown()
            events.add("\(name) stops")
        }
    }

    private final class Events: Sendable {
        private let state = Mutex<[String]>([])
        let started: AsyncStream<Void>
        private let continuation: AsyncStream<Void>.Continuation

        init() {
            (started, continuation) = AsyncStream.makeStream()
        }

        var all: [String] { state.withLock { $0 } }

        func add(_ event: String) {
            state.withLock { $0.append(event) }
            continuation.yield()
        }

        func wait(count: Int) async {
            var iterator = started.makeAsyncIterator()
            for _ in 0..<count {
                _ = await iterator.next()
            }
        }
    }

    @Test func firstSignalDrainsLastServiceFirst() async throws {
        let events = Events()
        let health = HealthRegistry()
        let (signals, continuation) = AsyncStream.makeStream(of: Int.self)
        let shutdown = GracefulShutdown(logger: logger, maximumDuration: .seconds(30), exit: { events.add("exit \($0)") })
        async let run: Void = shutdown.run(
            [Recorder(name: "admin", events: events), Recorder(name: "engine", events: events), DrainDelay(health: health, delay: .zero)],
            signals: signals
        )
        await events.wait(count: 2)
        continuation.yield(15)
        try await run
        #expect(events.all.suffix(2) == ["engine stops", "admin stops"])
        #expect(health.isDraining)
    }

    @Test func secondSignalExitsAtOnce() async throws {
        struct Stuck: Service {
            let events: Events
            let release: AsyncStream<Void>

            func run() async throws {
                events.add("runs")
                for await _ in release {}
            }
        }
        let events = Events()
        let (release, releaseContinuation) = AsyncStream.makeStream(of: Void.self)
        let (signals, continuation) = AsyncStream.makeStream(of: Int.self)
        let shutdown = GracefulShutdown(
            logger: logger,
            maximumDuration: .seconds(30),
            exit: {
                events.add("exit \($0)")
                releaseContinuation.finish()
            }
        )
        async let run: Void = shutdown.run([Stuck(events: events, release: release)], signals: signals)
        await events.wait(count: 1)
        continuation.yield(15)
        continuation.yield(15)
        try await run
        #expect(events.all == ["runs", "exit 143"])
    }

    @Test func aFailingServiceEndsTheRun() async {
        struct Failing: Service {
            struct Failure: Error {}
            func run() async throws { throw Failure() }
        }
        let (signals, _) = AsyncStream.makeStream(of: Int.self)
        let shutdown = GracefulShutdown(logger: logger, maximumDuration: .seconds(1), exit: { _ in })
        await #expect(throws: Failing.Failure.self) {
            try await shutdown.run([Failing()], signals: signals)
        }
    }

    @Test func aSignalBeforeItServesCancelsThePreparation() async throws {
        let events = Events()
        let (signals, continuation) = AsyncStream.makeStream(of: Int.self)
        let shutdown = GracefulShutdown(logger: logger, maximumDuration: .seconds(30), exit: { events.add("exit \($0)") })
        async let run: Void = shutdown.run(signals: signals) { serve in
            events.add("prepares")
            for await _ in AsyncStream<Void>.makeStream().stream {}
            events.add("is cancelled: \(Task.isCancelled)")
            try await serve([Recorder(name: "engine", events: events)])
        }
        await events.wait(count: 1)
        continuation.yield(15)
        try await run
        #expect(events.all == ["prepares", "is cancelled: true"])
    }

    @Test func aSignalAfterThePreparationDrains() async throws {
        let events = Events()
        let (signals, continuation) = AsyncStream.makeStream(of: Int.self)
        let shutdown = GracefulShutdown(logger: logger, maximumDuration: .seconds(30), exit: { events.add("exit \($0)") })
        async let run: Void = shutdown.run(signals: signals) { serve in
            events.add("prepares")
            try await serve([Recorder(name: "engine", events: events)])
            events.add("cleans up")
        }
        await events.wait(count: 2)
        continuation.yield(15)
        try await run
        #expect(events.all == ["prepares", "engine runs", "engine stops", "cleans up"])
    }

    @Test func aFailingPreparationIsTold() async {
        struct Failure: Error {}
        let (signals, _) = AsyncStream.makeStream(of: Int.self)
        await #expect(throws: Failure.self) {
            try await GracefulShutdown(logger: logger, maximumDuration: .seconds(1), exit: { _ in }).run(signals: signals) { _ in throw Failure() }
        }
    }

    @Test func realSignalsDrainThenExit() async {
        await #expect(processExitsWith: .exitCode(GracefulShutdown.forcedExitStatus)) {
            struct Stuck: Service {
                func run() async throws {
                    kill(getpid(), SIGTERM)
                    try await gracefulShutdown()
                    kill(getpid(), SIGTERM)
                    // Only the second signal ends this before the drain's time is up, and then the exit status is another.
                    for await _ in AsyncStream<Void>.makeStream().stream {}
                }
            }
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await GracefulShutdown(logger: logger, maximumDuration: .seconds(30)).run([Stuck()])
        }
    }
}
