import Logging
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

@testable import Dispatcher
@testable import Domain

/// How looks and turns are put together, event by event.
@Suite struct DispatchLoopTests {
    private static var configuration: DispatcherConfiguration { configuration(longLook: .seconds(3_600)) }

    private static func configuration(longLook: Duration) -> DispatcherConfiguration {
        var configuration = DispatcherConfiguration()
        configuration.longLook = longLook
        configuration.pollInterval = .seconds(3_600)
        configuration.quantum = 2
        return configuration
    }

    private static func runner(_ desk: RoutingDesk) -> DispatchTurnRunner {
        DispatchTurnRunner(passes: desk.passes, metrics: DispatcherMetrics(), quantum: configuration.quantum, logger: Logger(label: "test"))
    }

    private static func look(_ desk: RoutingDesk) async -> [DispatchEvent] {
        let told = Mutex<[DispatchEvent]>([])
        await runner(desk).look { event in told.withLock { $0.append(event) } }
        return told.withLock { $0 }
    }

    private static func with(_ body: @Sendable (RoutingDesk) async throws -> Void) async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            try await body(desk)
        }
    }

    @Test("A turn that a look has begun goes on for its allowance, by the plan's weight, in as many passes as it takes")
    func allowance() async throws {
        try await Self.with { desk in
            try await desk.database.sql("UPDATE docket.tenant SET plan_weight = 3")
            _ = try await desk.tenant.addAgent(capacity: 100)
            _ = try await desk.create(many: 9)
            let events = await Self.look(desk)
            guard events.count == 2, case .discovered(let discovery, let begun) = events[0], case .finished(let report) = events[1] else {
                Issue.record("\(events)")
                return
            }
            #expect(discovery.lanes.count == 1 && begun?.tenant == desk.tenant.id && begun?.allowance == 6)
            #expect(report.spent == 6 && report.more == [desk.tenant.queue] && report.done.isEmpty)
            #expect(try await desk.waitingCount() == 3)
        }
    }

    @Test("Where nothing is begun the look is all, and where it fails it is told as a look that failed")
    func nothingBegun() async throws {
        try await Self.with { desk in
            let none = await Self.look(desk)
            guard none.count == 1, case .discovered(let discovery, nil) = none[0] else {
                Issue.record("\(none)")
                return
            }
            #expect(discovery.lanes.isEmpty)
            try await desk.create()
            try await desk.database.sql("ALTER FUNCTION docket.lanes_to_route(uuid, uuid, integer) RENAME TO nowhere")
            let failed = await Self.look(desk)
            guard failed.count == 1, case .discoveryFailed = failed[0] else {
                Issue.record("\(failed)")
                return
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
        }
    }

    @Test("A pass that fails makes its queue rest, as any pass")
    func failedPass() async throws {
        try await Self.with { desk in
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.refuseChanges(of: id)
            let events = await Self.look(desk)
            guard events.count == 2, case .discovered(_, .some) = events[0], case .finished(let report) = events[1] else {
                Issue.record("\(events)")
                return
            }
            #expect(report.failed == [desk.tenant.queue] && report.done.isEmpty)
        }
    }

    /// What the loop heard, in a word each.
    private static func word(_ event: DispatchEvent) -> String {
        switch event {
        case .wokenUp: "woken up"
        case .alarm: "alarm"
        case .discovered(let discovery, let begun): "\(discovery.scope) \(discovery.lanes.count)\(begun == nil ? "" : " begun")"
        case .discoveryFailed: "failed"
        case .finished(let report): "finished \(report.spent)"
        case .shutDown: "shut down"
        }
    }

    private final class Heard: Sendable {
        let words = Mutex<[String]>([])
    }

    /// As the service has it.
    private static func loop(
        _ desk: RoutingDesk,
        _ events: AsyncStream<DispatchEvent>,
        _ sink: AsyncStream<DispatchEvent>.Continuation,
        _ heard: Heard,
        configuration: DispatcherConfiguration = configuration
    ) async {
        let runner = runner(desk)
        await withDiscardingTaskGroup { tasks in
            var loop = DispatchLoop(
                configuration: configuration,
                passes: desk.passes,
                runner: runner,
                sink: sink,
                logger: Logger(label: "test")
            )
            loop.begin(in: &tasks)
            for await event in events {
                heard.words.withLock { $0.append(word(event)) }
                loop.handle(event, in: &tasks)
                if loop.isOver { break }
            }
            loop.end()
            tasks.cancelAll()
        }
    }

    @Test("After a look that took too long with its queue the next one only looks: other tenants do not wait for what it reads")
    func longLooks() async throws {
        try await Self.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 100)
            let (events, sink) = AsyncStream<DispatchEvent>.makeStream()
            let heard = Heard()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await Self.loop(desk, events, sink, heard, configuration: Self.configuration(longLook: .zero)) }
                @Sendable func has(_ words: String...) -> Bool { heard.words.withLock { $0 } == words }
                try await desk.eventually("the first look") { has("all 0") }
                for look in ["signals 1 begun", "signals 1"] {
                    heard.words.withLock { $0 = [] }
                    try await desk.create()
                    sink.yield(.wokenUp)
                    try await desk.eventually("\(look), and its turn") { has("woken up", look, "finished 1") }
                }
                sink.yield(.shutDown)
                try await group.waitForAll()
            }
        }
    }

    @Test("A wake-up of an idle dispatcher is one look that begins the turn; one that comes while that runs is a look of its own")
    func wakeUps() async throws {
        try await Self.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 100)
            let (events, sink) = AsyncStream<DispatchEvent>.makeStream()
            let heard = Heard()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await Self.loop(desk, events, sink, heard) }
                @Sendable func has(_ words: String...) -> Bool { heard.words.withLock { $0 } == words }
                try await desk.eventually("the first look") { has("all 0") }
                try await desk.create()
                sink.yield(.wokenUp)
                try await desk.eventually("the turn") { has("all 0", "woken up", "signals 1 begun", "finished 1") }
                heard.words.withLock { $0 = [] }
                // Its pass waits for the agent: the turn is under way when the next wake-up comes, and finds the signals that it has not taken for good.
                try await desk.create()
                var unit = TenantUnit(desk.tenant.id)
                unit.add(LockLoadRows(tenant: desk.tenant.id, agents: [agent]))
                try await desk.api.database.transaction(unit) { _, _ in
                    sink.yield(.wokenUp)
                    try await desk.eventually("it has begun") { has("woken up", "signals 1 begun") }
                    sink.yield(.wokenUp)
                    try await desk.eventually("a look beside it") { has("woken up", "signals 1 begun", "woken up", "signals 1") }
                }
                try await desk.eventually("the end of both turns") { heard.words.withLock { $0.suffix(2) } == ["finished 1", "finished 1"] }
                #expect(try await desk.waitingCount() == 0)
                sink.yield(.shutDown)
                try await group.waitForAll()
            }
        }
    }
}
