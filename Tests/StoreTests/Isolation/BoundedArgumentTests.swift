import Postgres
import TestSupport
import Testing

/// What a role that was taken over may ask of the functions that run as the owner: no more than its process asks (security.md 1).
@Suite struct BoundedArgumentTests {
    struct Call: Sendable, CustomTestStringConvertible {
        let role: String
        let sql: String

        var testDescription: String { sql }
    }

    private static let extreme =
        ["'infinity'", "'9999-01-01'", "NULL", "docket.now() - interval '23 hours'"]
        .map { Call(role: "docket_courier", sql: "docket.drop_empty_attempt_months(\($0))") }
        + [
            "'infinity', 0", "'-infinity', 0", "'5000000-01-01', 0", "'1970-01-01', 24", "current_date + 40, 0", "current_date - 800, 0", "NULL, 0",
            "current_date, 25", "current_date, -1", "current_date, NULL",
        ].map { Call(role: "docket_scheduler", sql: "docket.ensure_partitions('delivery_attempt', \($0))") }
        + ["NULL", "'ticket'"].map { Call(role: "docket_scheduler", sql: "docket.ensure_partitions(\($0), current_date, 0)") }

    private static let partitions = "SELECT count(*) FROM pg_class WHERE relnamespace = 'docket'::regnamespace AND relispartition"

    @Test("Arguments that no process gives are refused, and no month is made or dropped", arguments: extreme)
    func refused(_ call: Call) async throws {
        try await TestDatabase.with { database in
            let before = try await database.sql(Self.partitions)
            do {
                try await database.sql("SET ROLE \(call.role); SELECT \(call.sql)")
                Issue.record("it was done")
            } catch let error as PostgresError {
                #expect(error.sqlState == "22023", "\(error)")
            }
            #expect(try await database.sql(Self.partitions) == before)
        }
    }

    @Test("What the processes ask for is done; all months that can be made are some fifty")
    func usual() async throws {
        try await TestDatabase.with { database in
            try await database.sql("SET ROLE docket_courier; SELECT docket.drop_empty_attempt_months(docket.now() - interval '1 day')")
            try await database.sql("SET ROLE docket_scheduler; SELECT docket.ensure_partitions('delivery_attempt', current_date, 3)")
            try await database.sql(
                """
                SET ROLE docket_scheduler; SELECT docket.ensure_partitions('delivery_attempt', current_date - 730, 24);
                SELECT docket.ensure_partitions('delivery_attempt', (current_date + interval '27 days')::date, 24)
                """
            )
            let months = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'docket.delivery_attempt'::regclass"
            #expect(try #require(Int(try await database.sql(months)[0][0])) <= 52)
        }
    }
}
