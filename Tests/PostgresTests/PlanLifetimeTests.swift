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

    /// How often this session has read the table from end to end, as far as the server has not taken it into its statistics yet.
    private struct CountScans: Statement {
        static let sql = "SELECT coalesce(sum(seq_scan), 0)::int8 FROM pg_stat_xact_user_tables WHERE relname = 'item'"

        static func decode(_ row: RowView) throws(DecodeError) -> Int64 {
            try row.decode(Int64.self, at: 0)
        }
    }

    /// A lookup, and how often it read the table from end to end.
    private struct CountedLookup {
        var unit = PostgresUnit()
        let before: Handle<CountScans>
        let after: Handle<CountScans>

        init() {
            before = unit.add(CountScans())
            unit.add(Lookup(id: 1))
            after = unit.add(CountScans())
        }

        func scans(_ result: UnitResult) throws -> Int64 {
            try #require(try result.rows(after).first) - (try #require(try result.rows(before).first))
        }
    }

    /// Has a plan made for a table of one row, lets the table grow, and looks a row up.
    private func scans(lifetime: Duration, _ lookUp: @Sendable (PostgresClient, CountedLookup) async throws -> Int64) async throws -> Int64 {
        try await TestDatabase.with { database in
            try await database.execute("CREATE TABLE item (id int8 PRIMARY KEY, name text NOT NULL) WITH (autovacuum_enabled = false)")
            // An empty table would be taken for one of ten pages.
            try await database.execute("INSERT INTO item VALUES (1, 'x'); ANALYZE item")
            let oneConnection: (inout PostgresConfiguration) -> Void = {
                $0.planLifetime = lifetime
                $0.pool.maximumConnections = 1
            }
            return try await database.withClient(oneConnection) { client in
                for _ in 0..<6 { _ = try await client.first(Lookup(id: 1)) }
                try await database.execute("INSERT INTO item SELECT n, 'y' FROM generate_series(2, 20000) n")
                // A plan that was hardly used is kept.
                for _ in 0..<20 { _ = try await client.first(Lookup(id: 1)) }
                return try await lookUp(client, CountedLookup())
            }
        }
    }

    @Test(arguments: [(Duration.seconds(600), Int64(1)), (.zero, 0)])
    func `A plan older than its lifetime is made again`(lifetime: Duration, expected: Int64) async throws {
        let counted = try await scans(lifetime: lifetime) { client, lookup in try lookup.scans(try await client.run(lookup.unit)) }
        #expect(counted == expected)
    }

    @Test func `At the beginning of an interactive transaction, too`() async throws {
        let counted = try await scans(lifetime: .zero) { client, lookup in
            try await client.transaction { transaction, _ in try lookup.scans(try await transaction.run(lookup.unit)) }
        }
        #expect(counted == 0)
    }
}
