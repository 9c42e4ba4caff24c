import Dispatcher
import Domain
import Logging
import Postgres
import ServiceLifecycle
import Store
import TestSupport
import Testing
import UseCases

/// The service as it runs, with and without wake-ups.
@Suite(.serialized) struct DispatcherServiceTests {
    /// Every notification is lost: the poll takes the ticket.
    @Test func withoutNotificationsThePollTakesIt() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 100)
            try await run(desk, pollInterval: .milliseconds(50)) {
                for _ in 0..<3 {
                    let id = try await desk.create()
                    try await desk.eventually("the ticket is assigned") { try await desk.ticket(id).assigneeID != nil }
                }
            }
        }
    }

    /// Polls are too rare to help: the notification alone brings the dispatcher.
    @Test func aNotificationWakesIt() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 100)
            let listener = ListenService(configuration: try desk.database.configuration(role: "docket_dispatcher"), logger: quiet)
            try await desk.database.withClient(role: "docket_api") { client in
                let notifier = Notifier(client: client, logger: quiet)
                let api = TestDatabase.environment(client, notifier: notifier)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run() }
                    group.addTask { try await notifier.run() }
                    try await run(desk, wakeUps: WakeUpSource(listener: listener), pollInterval: .seconds(3_600)) {
                        // The first look is at the start, the second when the listener is there.
                        for _ in 0..<5 {
                            let content = TicketContent(subject: "A test")
                            let outcome = try await TicketCommands(environment: api).create(
                                NewTicket(content: content),
                                in: desk.tenant.id,
                                by: .system
                            )
                            let id = try #require({ if case .done(let change) = outcome { change.after.id } else { nil } }() as TicketID?)
                            try await desk.eventually("the ticket is assigned") { try await desk.ticket(id).assigneeID != nil }
                        }
                    }
                    group.cancelAll()
                }
            }
        }
    }

    /// Nothing is handed from thread to thread while one turn is under way (decision 15).
    @Test func aTurnAloneRunsWhereTheAnswersArrive() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 100)
            let passes = ThreadLog(of: "looked at a queue")
            try await run(desk, pollInterval: .milliseconds(20), logger: passes.logger) {
                for _ in 0..<3 {
                    let id = try await desk.create()
                    try await desk.eventually("the ticket is assigned") { try await desk.ticket(id).assigneeID != nil }
                }
                try await desk.eventually("the passes are over") { passes.all.count >= 3 }
            }
            let thread = await withTaskExecutorPreference(desk.dispatcher.executor) { ThreadLog.current }
            #expect(Set(passes.all) == [thread])
        }
    }

    @Test func aBacklogOfManyTenantsIsWorkedOff() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 1_000)
            _ = try await desk.create(many: 300)
            for _ in 0..<10 {
                let other = try await TestTenant.make(in: desk.database)
                _ = try await other.addAgent(capacity: 20)
                for _ in 0..<20 {
                    _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "A test")), in: other.id, by: .system)
                }
            }
            try await run(desk, pollInterval: .milliseconds(100)) {
                try await desk.eventually("nothing waits") { try await desk.waitingCount() == 0 }
            }
            let loads = try await desk.loads()
            #expect(loads.stored == 500 && loads.recomputed == 500)
        }
    }

    /// A relaxation step comes although nothing else happens.
    @Test func aStepWakesIt() async throws {
        try await RoutingDesk.with(steps: #"[{"after":300,"tier":1}]"#, hasTestClock: true) { desk in
            _ = try await desk.addBusyAgent()
            let second = try await desk.tenant.addAgent(capacity: 1, tier: 1)
            let id = try await desk.create()
            try await run(desk, pollInterval: .milliseconds(50)) {
                try await desk.eventually("the ticket was looked at") {
                    try await desk.number("SELECT count(*) FROM docket.routing_refusal") == 1
                }
                #expect(try await desk.ticket(id).assigneeID == nil)
                try await desk.database.advanceClock(by: 301)
                try await desk.eventually("the ticket is assigned") { try await desk.ticket(id).assigneeID == second }
            }
        }
    }

    /// All its connections are cut again and again: it never ends, loses nothing, and takes up again.
    @Test func lostConnectionsOnlyDelayIt() async throws {
        try await RoutingDesk.with { desk in
            for _ in 0..<4 { _ = try await desk.tenant.addAgent(capacity: 1_000) }
            var ids: [TicketID] = []
            try await run(desk, pollInterval: .milliseconds(50)) {
                for _ in 0..<5 {
                    ids += try await desk.create(many: 40)
                    try await desk.database.sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_dispatcher' AND datname = current_database()"
                    )
                }
                try await desk.eventually("nothing waits") { try await desk.waitingCount() == 0 }
            }
            let loads = try await desk.loads()
            #expect(loads.stored == ids.count && loads.recomputed == ids.count)
        }
    }

    /// A graceful shutdown ends after the pass under way, at once when there is none.
    @Test func aGracefulShutdownEndsIt() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 1_000)
            _ = try await desk.create(many: 200)
            let service = DispatcherService(environment: desk.dispatcher, wakeUps: WakeUpSource(listener: nil), logger: quiet)
            let group = ServiceGroup(services: [service], logger: quiet)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await desk.eventually("it has begun") { try await desk.waitingCount() < 200 }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            let loads = try await desk.loads()
            #expect(loads.stored == loads.recomputed && loads.stored > 0)
            let open = """
                SELECT count(*) FROM pg_stat_activity
                WHERE usename = 'docket_dispatcher' AND datname = current_database() AND state LIKE 'idle in%'
                """
            #expect(try await desk.number(open) == 0)
        }
    }

    private func run(
        _ desk: RoutingDesk,
        wakeUps: WakeUpSource = WakeUpSource(listener: nil),
        pollInterval: Duration,
        logger: Logger? = nil,
        _ body: () async throws -> Void
    ) async throws {
        var configuration = DispatcherConfiguration()
        configuration.pollInterval = pollInterval
        let service = DispatcherService(environment: desk.dispatcher, wakeUps: wakeUps, configuration: configuration, logger: logger ?? quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            try await body()
            group.cancelAll()
        }
    }

    private var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
