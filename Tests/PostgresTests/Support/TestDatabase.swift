import Foundation
import Logging
import TestSupport
import Testing

@testable import Postgres

struct SetupError: Error, CustomStringConvertible {
    let description: String
}

/// A database of its own for one test, on the server that the environment names.
struct TestDatabase {
    /// One at a time: several of these tests measure time.
    private static let gate = TestGate(width: 1)

    let configuration: PostgresConfiguration

    /// Creates a database, runs `body`, and drops the database whatever happened.
    static func with<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        guard let url = ProcessInfo.processInfo.environment["DOCKET_TEST_DATABASE_URL"] else {
            throw SetupError(description: "DOCKET_TEST_DATABASE_URL is not set: these tests need a superuser URL of a PostgreSQL server")
        }
        return try await with(server: try PostgresConfiguration(url: url), body)
    }

    static func with<Value>(
        server: PostgresConfiguration,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        await gate.enter()
        let name = "docket_pg_test_\(UInt64.random(in: 0...UInt64.max))"
        var configuration = server
        configuration.database = name
        let result: Result<Value, any Error>
        do {
            try await execute("CREATE DATABASE \(name)", on: server)
            result = .success(try await body(TestDatabase(configuration: configuration)))
        } catch {
            result = .failure(error)
        }
        _ = try? await execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", on: server)
        await gate.leave()
        return try result.get()
    }

    /// Runs SQL beside the client under test.
    @discardableResult
    func execute(_ sql: String) async throws -> [[String]] {
        try await Self.execute(sql, on: configuration)
    }

    @discardableResult
    static func execute(_ sql: String, on configuration: PostgresConfiguration) async throws -> [[String]] {
        // Blocks, so not on the tasks' threads.
        try await withCheckedThrowingContinuation { continuation in
            do {
                try Thread.start {
                    continuation.resume(
                        with: Result {
                            let handle = try Connector(configuration: configuration, logger: .quiet, setsTimeouts: false).connect()
                            return try MigrationSession(handle).execute(sql)
                        }
                    )
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Returns once sessions other than this one run a statement with `text` in it.
    func waitUntilRunning(_ text: String) async throws {
        let sql = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()"
        let isRunning = try await eventually { try await execute(sql + " AND query LIKE '%\(text)%'").count == 1 }
        #expect(isRunning)
    }

    /// Returns once the session has answered the last statement that was sent to it, which has `text` in it, and waits for the next.
    func waitUntilAnswered(_ text: String, by backend: Int32) async throws {
        let sql = "SELECT 1 FROM pg_stat_activity WHERE pid = \(backend) AND state LIKE 'idle%' AND wait_event = 'ClientRead'"
        let isAnswered = try await eventually { try await execute(sql + " AND query LIKE '%\(text)%'").count == 1 }
        #expect(isAnswered)
    }

    /// Runs a client of this database around `body`.
    func withClient<Value: Sendable>(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: @Sendable (PostgresClient) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        // The machine of a test may be busy with other tests: waiting is no failure here.
        configuration.pool.waitTimeout = .seconds(30)
        change(&configuration)
        let client = PostgresClient(configuration: configuration, logger: .quiet)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            let result = try await body(client)
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
