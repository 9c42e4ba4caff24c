import Postgres

/// The right to see what others' sessions do. The owner of the tables is a member of the role (sql/roles.sql) but inherits nothing.
enum StatisticsRole {
    struct MayAssume: Statement {
        static let sql = "SELECT pg_has_role(current_user, 'pg_read_all_stats', 'MEMBER')"

        static func decode(_ row: RowView) throws(DecodeError) -> Bool {
            try row.decode(Bool.self, at: 0)
        }
    }

    /// Until the transaction ends.
    struct Assume: Statement {
        typealias Row = NoRow
        static let sql = "SET LOCAL ROLE pg_read_all_stats"
    }
}
