import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(2))) struct ListenTests {
    private func withService(
        _ configuration: PostgresConfiguration,
        heartbeat: Duration = .milliseconds(100),
        _ body: @Sendable (ListenService) async throws -> Void
    ) async throws {
        let service = ListenService(configuration: configuration, logger: .quiet, heartbeatInterval: heartbeat, heartbeatTimeout: .milliseconds(300))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await body(service)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `Notifications arrive after a first forced pass`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withService(database.configuration) { (service) async throws in
                var wakeups = service.subscribe("odd \"name").makeAsyncIterator()
                #expect(await wakeups.next() == .reconnected)
                try await database.execute("NOTIFY \"odd \"\"name\"")
                #expect(await wakeups.next() == .notified)
            }
        }
    }

    @Test func `A later subscriber is listened for too`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withService(database.configuration, heartbeat: .seconds(60)) { (service) async throws in
                var first = service.subscribe("a").makeAsyncIterator()
                #expect(await first.next() == .reconnected)
                var second = service.subscribe("b").makeAsyncIterator()
                #expect(await second.next() == .reconnected)
                try await database.execute("NOTIFY b")
                #expect(await second.next() == .notified)
            }
        }
    }

    @Test func `A terminated session listens again and forces a pass`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withService(database.configuration, heartbeat: .seconds(60)) { (service) async throws in
                var wakeups = service.subscribe("a").makeAsyncIterator()
                #expect(await wakeups.next() == .reconnected)
                try await database.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                #expect(await wakeups.next() == .reconnected)
                try await database.execute("NOTIFY a")
                #expect(await wakeups.next() == .notified)
            }
        }
    }

    @Test func `A half-open socket is found by the heartbeat`() async throws {
        try await TestDatabase.with { (database) async throws in
            let proxy = try Proxy(to: database.configuration.hosts[0].port)
            defer { proxy.close() }
            var configuration = database.configuration
            configuration.hosts = [PostgresHost(name: "127.0.0.1", port: proxy.port)]
            try await withService(configuration) { (service) async throws in
                var wakeups = service.subscribe("a").makeAsyncIterator()
                #expect(await wakeups.next() == .reconnected)
                let clock = ContinuousClock()
                let start = clock.now
                proxy.freeze()
                #expect(await wakeups.next() == .reconnected)
                // A minute is the least that the system itself would take.
                #expect(clock.now - start < .seconds(30))
                try await database.execute("NOTIFY a")
                #expect(await wakeups.next() == .notified)
            }
        }
    }

    @Test func `What accepts and hangs up is called less and less often`() async throws {
        try await TestDatabase.with { (database) async throws in
            let proxy = try Proxy(to: database.configuration.hosts[0].port, hangingUpOn: "LISTEN")
            defer { proxy.close() }
            var configuration = database.configuration
            configuration.hosts = [PostgresHost(name: "127.0.0.1", port: proxy.port)]
            try await withService(configuration) { (service) async throws in
                let wakeups = service.subscribe("a")
                let start = ContinuousClock.now
                while proxy.connections.value < 8 { try await Task.sleep(for: .milliseconds(5)) }
                // With one pause of at most 40 ms each it would be 0.3 s.
                #expect(start.duration(to: .now) > .seconds(1))
                withExtendedLifetime(wakeups) {}
            }
        }
    }

    @Test func `Who waits is let go when its task is cancelled, also after the reactor has stopped`() async throws {
        let reactor = Reactor()
        let alarm = Alarm(reactor)
        let waiting = Task { await alarm.wait(for: .seconds(3_600)) }
        // The reactor has taken up the wait: what is submitted later runs later.
        while !(await Self.isWaitedFor(alarm, on: reactor)) { await Task.yield() }
        reactor.stop()
        waiting.cancel()
        await waiting.value
    }

    private static func isWaitedFor(_ alarm: Alarm, on reactor: Reactor) async -> Bool {
        await withCheckedContinuation { continuation in
            if !reactor.submit({ continuation.resume(returning: alarm.isWaitedFor) }) { continuation.resume(returning: false) }
        }
    }

    @Test func `Every subscription begins with a forced pass`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withService(database.configuration, heartbeat: .seconds(60)) { (service) async throws in
                var first = service.subscribe("a").makeAsyncIterator()
                #expect(await first.next() == .reconnected)
                var second = service.subscribe("a").makeAsyncIterator()
                #expect(await second.next() == .reconnected)
                try await database.execute("NOTIFY a")
                #expect(await second.next() == .notified)
                #expect(await first.next() == .notified)
            }
        }
    }

    @Test func `A subscription after the end has ended`() async throws {
        try await TestDatabase.with { (database) async throws in
            let service = ListenService(configuration: database.configuration, logger: .quiet)
            let running = Task { try await service.run() }
            running.cancel()
            try await running.value
            var wakeups = service.subscribe("a").makeAsyncIterator()
            #expect(await wakeups.next() == nil)
        }
    }

    @Test func `A stream ends with the service`() async throws {
        try await TestDatabase.with { (database) async throws in
            let ended = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                let service = ListenService(configuration: database.configuration, logger: .quiet)
                let stream = service.subscribe("a")
                group.addTask {
                    for await _ in stream {}
                    _ = ended.next()
                }
                let running = Task { try await service.run() }
                running.cancel()
                try await running.value
                try await group.waitForAll()
            }
            #expect(ended.value == 1)
        }
    }

    @Test func `The notifier wakes at once and coalesces the rest`() async throws {
        try await TestDatabase.with { (database) async throws in
            let heard = Counter()
            let reactor = Reactor()
            defer { reactor.stop() }
            var quick = database.configuration
            quick.requiresReadWrite = false
            let handle = try Connector(configuration: quick, logger: .quiet).connect()
            let session = ListenSession(handle, reactor, quick, Alarm(reactor)) { _ in _ = heard.next() }
            try await session.open()
            try await session.listen(to: ["a"])
            try await database.withClient { (client) async throws in
                let notifier = Notifier(client: client, logger: .quiet)
                let running = Task { try await notifier.run() }
                let clock = ContinuousClock()
                let start = clock.now
                while clock.now - start < .milliseconds(300) {
                    notifier.notify("a")
                    await Task.yield()
                }
                let isHeard = try await eventually { heard.value >= 2 }
                #expect(isHeard)
                running.cancel()
                try await running.value
                let elapsed = clock.now - start
                // Its allowance of ten at first, then one each 5 ms.
                let most = Int(elapsed / .milliseconds(5)) + 11
                #expect((2...most).contains(heard.value))
            }
            session.close()
        }
    }
}
