import Deployment
import Domain
import Logging
public import Postgres
import Store
public import UseCases

/// A database of its own, cloned from a migrated template. Tests in one database use tenants of their own.
public struct TestDatabase: Sendable {
    public let name: String

    /// Makes a database, runs the body, and drops it.
    ///
    /// - Parameter hasTestClock: whether its time can be moved (``advanceClock(by:)``).
    public static func with<Result: Sendable>(
        hasTestClock: Bool = false,
        _ body: @Sendable (TestDatabase) async throws -> Result
    ) async throws -> Result {
        try await gate.pass {
            let database = try await make(hasTestClock: hasTestClock)
            do {
                let result = try await body(database)
                try await database.drop()
                return result
            } catch {
                try await database.drop()
                throw error
            }
        }
    }

    /// More at a time would not be faster, and would run into the statements' timeouts and the server's connection limit.
    private static let gate = TestGate(width: 6)

    /// The way of a login role into this database, `docket_api` for example.
    public func configuration(role: String) throws -> PostgresConfiguration {
        try TestServer.role(role, database: name)
    }

    /// The superuser's way into this database, for several scripts on one connection.
    public func superuser() throws -> AdministrationSession {
        try AdministrationSession(configuration: try TestServer.superuser(database: name), logger: TestServer.logger)
    }

    /// Runs SQL as the superuser, to look behind the policies and to break things.
    ///
    /// - Returns: the rows of the last statement, as text.
    @discardableResult
    public func sql(_ script: String) async throws -> [[String]] {
        try await superuser().run(script)
    }

    /// Lets the test clock stand still but for ``advanceClock(by:)``: for tests in which a second more or less matters, on however slow a machine.
    public func freezeClock() async throws {
        try await sql("UPDATE docket.test_clock SET frozen_at = clock_timestamp()")
    }

    /// Moves the database's time forward.
    public func advanceClock(by seconds: Double) async throws {
        try await sql("SELECT docket.advance_test_clock(\(seconds))")
    }

    /// A pool of a role, running while the body runs.
    ///
    /// - Parameter lockTimeout: nil for that of the processes.
    public func withClient<Result: Sendable>(
        role: String,
        connections: Int = 4,
        lockTimeout: Duration? = nil,
        _ body: @Sendable (PostgresClient) async throws -> Result
    ) async throws -> Result {
        var configuration = try configuration(role: role)
        configuration.pool.maximumConnections = connections
        if let lockTimeout { configuration.timeouts.lock = lockTimeout }
        // The machine of a test may be busy with other tests: waiting is no failure here.
        configuration.pool.waitTimeout = .seconds(20)
        configuration.timeouts.idleInTransaction = .seconds(60)
        let client = PostgresClient(configuration: configuration, logger: TestServer.logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            return try await body(client)
        }
    }

    /// The use cases as a role, with wake-ups lost: whatever must happen, happens without them.
    public func withEnvironment<Result: Sendable>(
        role: String = "docket_api",
        connections: Int = 4,
        lockTimeout: Duration? = nil,
        _ body: @Sendable (UseCaseEnvironment) async throws -> Result
    ) async throws -> Result {
        try await withClient(role: role, connections: connections, lockTimeout: lockTimeout) { client in
            try await body(Self.environment(client))
        }
    }

    /// The use cases on a client, with this machine's time zones.
    public static func environment(_ client: PostgresClient, notifier: Notifier? = nil) -> UseCaseEnvironment {
        UseCaseEnvironment(database: Database(client: client), wakeUps: WakeUps(notifier: notifier), zones: ZoneFiles())
    }

    func drop() async throws {
        try await AdministrationSession(configuration: try TestServer.superuser(), logger: TestServer.logger)
            .run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    private static func make(hasTestClock: Bool) async throws -> TestDatabase {
        let template = try await TestTemplate.shared.name(hasTestClock: hasTestClock)
        let database = TestDatabase(name: "docket_test_\(UInt64.random(in: 0...UInt64.max))")
        try await AdministrationSession(configuration: try TestServer.superuser(), logger: TestServer.logger)
            .run("CREATE DATABASE \(database.name) TEMPLATE \(template)")
        return database
    }
}
