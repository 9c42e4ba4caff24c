import Configuration
import FoundationEssentials
import Logging
import ServiceLifecycle
import Telemetry
import TestSupport
import Testing

@testable import Operations
@testable import Runtime

/// Everything that `docket dev` runs, on a database of its own.
enum DevelopmentSystem {
    /// The line that it says when it serves.
    struct Ready: Decodable, Sendable {
        struct Tenant: Decodable, Sendable {
            let slug: String
            let key: String
        }

        let ready: Bool
        let api: String
        let admin: String
        let tenants: [Tenant]
    }

    /// Runs it for as long as the body runs.
    ///
    /// - Parameters:
    ///   - engines: how many of each.
    ///   - options: what the database's URL ends with.
    static func with(
        hasTestClock: Bool = false,
        engines: Int = 1,
        options: String = "",
        _ body: @escaping @Sendable (Ready, TestDatabase) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        try await TestDatabase.with(hasTestClock: hasTestClock) { database in
            let reader = ConfigReader(provider: InMemoryProvider(values: ["api.port": 0, "admin.port": 0]))
            let server = DevelopmentServer(
                configuration: try ProcessConfiguration(reader),
                databaseURL: nil,
                directory: directory.path,
                programs: nil,
                dispatchers: engines,
                schedulers: engines,
                couriers: engines,
                seedsDemo: true,
                hasTestClock: hasTestClock,
                registry: PrometheusRegistry(),
                logger: TestServer.logger
            )
            let (lines, announced) = AsyncStream.makeStream(of: String.self)
            let services = try await server.services(url: try TestServer.url(database: database.name) + options) { announced.yield($0) }
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
                    outcome = .success(try await body(try JSONDecoder().decode(Ready.self, from: Data(line.utf8)), database))
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
