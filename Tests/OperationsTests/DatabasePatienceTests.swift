import ArgumentParser
import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

@testable import Operations

/// Commands whose database says nothing: a session that waits for a lock stands still as one does whose server does.
@Suite struct DatabasePatienceTests {
    private struct LockMigrations: Statement {
        typealias Row = NoRow
        static let sql = "LOCK TABLE docket_meta.schema_migration IN ACCESS EXCLUSIVE MODE"
    }

    private let short = DatabasePatience(limit: .milliseconds(50))

    private func expectNoAnswer(_ work: () async throws -> Void) async {
        do {
            try await work()
            Issue.record("there was an answer")
        } catch let error as PostgresError {
            #expect(error.kind == .unavailable, "\(error)")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("`docket migrate` and `docket doctor` give up", .timeLimit(.minutes(10)))
    func commands() async throws {
        try await TestDatabase.with { database in
            let text = try #require(ProcessInfo.processInfo.environment["DOCKET_TEST_DATABASE_URL"])
            var components = try #require(URLComponents(string: text))
            components.user = "docket_migrate"
            components.password = nil
            components.path = "/\(database.name)"
            let operatorDatabase = try OperatorDatabase.parse(["--database-url", try #require(components.string)])
            try await database.withClient(role: "docket_migrate") { client in
                var lock = PostgresUnit()
                lock.add(LockMigrations())
                try await client.transaction(first: lock) { _, _ in
                    await expectNoAnswer { _ = try await SchemaComparison.finding(of: operatorDatabase, patience: short) }
                    await expectNoAnswer { _ = try await operatorDatabase.migrationPlan(patience: short) }
                    await expectNoAnswer { try await operatorDatabase.verifyMigrations(patience: short) }
                    await expectNoAnswer { _ = try await operatorDatabase.migrate(patience: short) }
                }
            }
            try await operatorDatabase.verifyMigrations()
        }
    }

    @Test("Long work goes on while the server answers somebody else, or refuses to, and no longer", .timeLimit(.minutes(10)))
    func longWork() async throws {
        struct Refused: Error {}
        let (asked, sink) = AsyncStream.makeStream(of: Void.self)
        let question: @Sendable () async throws -> Void = {
            sink.yield()
            throw Refused()
        }
        let result = try await DatabasePatience(limit: .seconds(60)).run(whileAnswering: question, every: .milliseconds(1)) {
            var count = 0
            for await _ in asked {
                count += 1
                if count == 3 { break }
            }
            return count
        }
        #expect(result == 3)
        let (never, silence) = AsyncStream.makeStream(of: Void.self)
        await expectNoAnswer {
            // Unstructured: deaf to the cancellation of who waits.
            try await short.run(whileAnswering: { await Task { for await _ in never {} }.value }, every: .milliseconds(1)) {
                await Task { for await _ in never {} }.value
            }
        }
        silence.finish()
    }
}
