import Domain
import Postgres

/// For each history table: how many months without a gap, from the present one on, have a partition (counting stops at 13), and whether the default
/// partition is used. The names are those that `docket.ensure_partitions` gives.
struct ReadPartitions: Statement {
    static let sql = """
        WITH clock AS MATERIALIZED (SELECT date_trunc('month', docket.now() AT TIME ZONE 'UTC') AS month),
        history (name, strays) AS (VALUES
            ('ticket_event', EXISTS (SELECT FROM docket.ticket_event_default)),
            ('delivery_attempt', EXISTS (SELECT FROM docket.delivery_attempt_default)))
        SELECT h.name, coalesce(min(s.ahead) FILTER (WHERE p.oid IS NULL), 13)::bigint, h.strays
        FROM history h CROSS JOIN clock CROSS JOIN generate_series(0, 12) AS s (ahead)
        LEFT JOIN (
            SELECT i.inhparent, c.relname, c.oid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE NOT i.inhdetachpending
        ) p ON p.inhparent = to_regclass('docket.' || h.name) AND p.relname = h.name || '_' || to_char(clock.month + make_interval(months => s.ahead), 'YYYYMM')
        GROUP BY h.name, h.strays ORDER BY h.name
        """

    static func decode(_ row: RowView) throws(DecodeError) -> PartitionFacts.Table {
        var columns = ColumnReader(row)
        return PartitionFacts.Table(name: try columns.next(), months: try columns.next(), hasStrays: try columns.next())
    }
}
