import Testing

@testable import Postgres

/// Plans that were made while a table was nearly empty (decision 17). The table is never analysed, so that only the client can end them.
@Suite(.timeLimit(.minutes(2))) struct PlanLifetimeTests {
    private struct Lookup: Statement {
        static let sql = "SELECT name FROM item WHERE id = $1"
        let id: Int

        func bind(into binder: inout Binder) {
            binder.append(id)
        }

        static func decode(_ row: RowView) throws(DecodeError) -> String {
            try row.decode(String.self, at: 0)
        }
    }

    /// How often this transaction has read the table from end to end.
    private struct CountScans: Statement {
        static let sql = "SELECT coalesce(seq_scan, 0) FROM pg_stat_xact_user_tables WHERE relname = 'item'"

        static func decode(_ row: RowView) throws(DecodeError) -> Int64 {
            try row.decode(Int64.self, at: 0)
        }
    }

    private func scans(lifetime: Duration, in scope: @Sendable (PostgresClient, PostgresUnit, Handle<CountScans>) async throws -> Int64?) async throws
        -> Int64?
    {
        try await TestDatabase.with { database in
            try await database.execute(
                "CREATE TABLE item (id int8 PRIMARY KEY, name text NOT NULL) WITH (autovacuum_enabled = false); INSERT INTO item VALUES (1, 'x')"
            )
            // The empty table would be taken for one of ten pages; its true size is known once it was analysed.
            try await database.execute("ANALYZE item")
            return try await database.withClient({ change in
                change.planLifetime = lifetime
                change.pool.maximumConnections = 1
            }) { client in
                for _ in 0..<6 { _ = try await client.first(Lookup(id: 1)) }
                try await database.execute("INSERT INTO item SELECT n, 'y' FROM generate_series(2, 20000) n")
                var unit = PostgresUnit(Lookup(id: 1))
                let count = unit.add(CountScans())
                return try await scope(client, unit, count)
            }
        }
    }

    @Test(arguments: [(Duration.seconds(600), Int64(1)), (.zero, 0)])
    func `A plan older than its lifetime is made again`(lifetime: Duration, expected: Int64) async throws {
        let counted = try await scans(lifetime: lifetime) { client, unit, count in try await client.run(unit).rows(count).first }
        #expect(counted == expected)
    }

    @Test func `At the beginning of an interactive transaction, too`() async throws {
        let counted = try await scans(lifetime: .zero) { client, unit, count in
            try await client.transaction { transaction, _ in try await transaction.run(unit).rows(count).first }
        }
        #expect(counted == 0)
    }
}
