import Configuration
import FoundationEssentials
import Logging
import ServiceLifecycle
import Telemetry
import TestSupport
import Testing

@testable import Operations
@testable import Runtime

@Suite("Replay against the whole system")
struct ReplaySystemTests {
    private struct Ready: Decodable {
        struct Tenant: Decodable {
            let slug: String
            let key: String
        }

        let ready: Bool
        let api: String
        let admin: String
        let tenants: [Tenant]
    }

    @Test("a small log comes out as it was recorded, twice in the same tenant", .timeLimit(.minutes(2)))
    func replay() async throws {
        try await withSystem { ready in
            #expect(ready.tenants.map(\.slug) == ["aurora", "harbor", "changcheng"])
            // Readiness asks the database, here as in the four executables.
            let health = try await ReplayClient.with(base: ready.admin, key: "") { try await $0.answer(to: .get("/readyz?verbose")) }
            #expect(health.status == 200)
            #expect(String(decoding: health.body, as: UTF8.self).contains("[+] database: ok"))
            let log = try IncidentSample.log()
            let key = try #require(ready.tenants.first?.key)
            for run in ["first", "second"] {
                let summary = try await ReplayClient.with(base: ready.api, key: key) { client in
                    try await IncidentReplay(client: client, log: log, pace: .maximum, makesTeam: true, run: run).perform()
                }
                #expect(summary.isComplete)
                #expect(summary.created == 9)
                #expect(summary.assigned == 8)
                #expect(summary.unassignedReasons == ["unroutable": 1])
                #expect(summary.priorityMatches == 9)
                #expect(summary.transitionsAccepted == 16)
                #expect(summary.transitionsRefused == ["closed→in_progress": 1])
                #expect(summary.failed == 0)
                #expect(summary.slaMet == 7)
                #expect(summary.slaBreached == 0)
                #expect(summary.slaMetRecorded == 8)
                #expect(summary.rowsSkipped == 3)
                #expect(summary.latencies.assign.p99 != nil && summary.latencies.create.p99 != nil)
            }
        }
    }

    @Test("a key that is none ends the replay with the API's reason")
    func wrongKey() async throws {
        try await withSystem { ready in
            let log = try IncidentSample.log()
            let error = await #expect(throws: ReplayError.self) {
                try await ReplayClient.with(base: ready.api, key: "dkt_live_none") { client in
                    try await IncidentReplay(client: client, log: log, pace: .maximum, makesTeam: true, run: "run").perform()
                }
            }
            #expect(error?.isFinal == true)
            #expect(error?.description.contains("401") == true)
        }
    }

    /// Runs everything that `docket dev` runs, on a database of its own, for as long as the body runs.
    private func withSystem(_ body: @Sendable (Ready) async throws -> Void) async throws {
        let directory = try TemporaryDirectory()
        try await TestDatabase.with { database in
            let reader = ConfigReader(provider: InMemoryProvider(values: ["api.port": 0, "admin.port": 0]))
            let server = DevelopmentServer(
                configuration: try ProcessConfiguration(reader),
                databaseURL: nil,
                directory: directory.path,
                programs: nil,
                dispatchers: 1,
                schedulers: 1,
                couriers: 1,
                seedsDemo: true,
                hasTestClock: false,
                registry: PrometheusRegistry(),
                logger: TestServer.logger
            )
            let (lines, announced) = AsyncStream.makeStream(of: String.self)
            let services = try await server.services(url: try TestServer.url(database: database.name)) { announced.yield($0) }
            let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: TestServer.logger))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { announced.finish() }
                    try await group.run()
                }
                var announcements = lines.makeAsyncIterator()
                let line = try #require(await announcements.next())
                let outcome: Result<Void, any Error>
                do {
                    outcome = .success(try await body(try JSONDecoder().decode(Ready.self, from: Data(line.utf8))))
                } catch {
                    outcome = .failure(error)
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                try outcome.get()
            }
        }
    }
}
