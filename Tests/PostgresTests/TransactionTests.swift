import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(2))) struct TransactionTests {
    private static let schema = "CREATE TABLE item (id int8 PRIMARY KEY, name text NOT NULL CHECK (name <> 'bad'))"

    private struct Change: Error {}

    private func withItems(_ body: @Sendable (PostgresClient, TestDatabase) async throws -> Void) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(Self.schema)
            try await database.withClient { client in try await body(client, database) }
        }
    }

    @Test func `Returning commits, throwing rolls back`() async throws {
        try await withItems { (client, _) async throws in
            let value = try await client.transaction(first: PostgresUnit(Insert(id: 1))) { transaction, _ in
                _ = try await transaction.run(PostgresUnit(Insert(id: 2)))
                return 5
            }
            #expect(value == 5)
            await #expect(throws: Change.self) {
                try await client.transaction(first: PostgresUnit(Insert(id: 3))) { _, _ in throw Change() }
            }
            #expect(try await client.first(CountItems()) == 2)
        }
    }

    @Test func `The last unit and COMMIT go together, and the transaction is over`() async throws {
        try await withItems { (client, _) async throws in
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction(first: PostgresUnit(Insert(id: 1))) { transaction, _ in
                    try await transaction.commit(PostgresUnit(Insert(id: 2)))
                    _ = try await transaction.run(PostgresUnit(Insert(id: 3)))
                }
            }
            #expect(error?.kind == .misuse)
            #expect(try await client.first(CountItems()) == 2)
        }
    }

    @Test func `A failing last unit commits nothing`() async throws {
        try await withItems { (client, _) async throws in
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction(first: PostgresUnit(Insert(id: 1))) { transaction, _ in
                    try await transaction.commit(PostgresUnit(Insert(id: 1)))
                }
            }
            #expect(error?.isUniqueViolation == true)
            #expect(try await client.first(CountItems()) == 0)
        }
    }

    @Test func `Swallowing an error does not commit`() async throws {
        try await withItems { (client, _) async throws in
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction(first: PostgresUnit(Insert(id: 1))) { transaction, _ in
                    _ = try? await transaction.run(PostgresUnit(Insert(id: 1)))
                }
            }
            #expect(error?.kind == .transactionAborted)
            #expect(try await client.first(CountItems()) == 0)
        }
    }

    @Test func `A failing first unit returns the connection`() async throws {
        try await withItems { (client, _) async throws in
            for _ in 0..<20 {
                await #expect(throws: PostgresError.self) {
                    try await client.transaction(first: PostgresUnit(Insert(id: 1, name: "bad"))) { _, _ in }
                }
            }
            #expect(try await client.first(CountItems()) == 0)
        }
    }

    @Test func `Isolation levels are what they say`() async throws {
        struct Level: Statement {
            static var sql: String { "SELECT current_setting('transaction_isolation')" }
            static func decode(_ row: RowView) throws(DecodeError) -> String { try row.decode(String.self, at: 0) }
        }
        try await withItems { (client, _) async throws in
            for (level, name) in [
                (IsolationLevel.readCommitted, "read committed"), (.repeatableRead, "repeatable read"), (.serializable, "serializable"),
            ] {
                var unit = PostgresUnit()
                let handle = unit.add(Level())
                let found = try await client.transaction(isolation: level, first: unit) { _, result in try result.first(handle) }
                #expect(found == name)
            }
        }
    }
}
