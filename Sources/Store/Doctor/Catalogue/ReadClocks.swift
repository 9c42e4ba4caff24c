import Domain
import Postgres

struct ReadClocks: Statement {
    struct Row: Sendable {
        let offset: Int64
        let hasTestClock: Bool
        let timeZone: String
        let serverTime: Timestamp
    }

    static let sql = """
        SELECT (extract(epoch FROM docket.now() - clock_timestamp()) * 1000000)::bigint, to_regclass('docket.test_clock') IS NOT NULL,
            current_setting('TimeZone'), clock_timestamp()
        """

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(offset: try columns.next(), hasTestClock: try columns.next(), timeZone: try columns.next(), serverTime: try columns.next())
    }
}
