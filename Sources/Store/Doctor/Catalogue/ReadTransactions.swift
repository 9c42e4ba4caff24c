import Domain
import Postgres

/// What is open on the server beside the session that asks: on this database every client's transaction, elsewhere, and of the server's own processes, what has a
/// transaction number, since the snapshots by which the change feed goes know no databases. Others' sessions show no times to who has not the rights of
/// ``StatisticsRole``.
struct ReadTransactions: Statement {
    static let sql = """
        WITH open AS MATERIALIZED (
            SELECT coalesce(a.datname = current_database(), false) AS is_here, coalesce(a.datname, '')::text AS database, a.backend_type, a.xact_start,
                a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - make_interval(secs => $2) AS is_idle,
                a.xact_start < clock_timestamp() - make_interval(secs => $1) AS is_long
            FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid()
                AND (a.backend_xid IS NOT NULL OR a.datname = current_database() AND a.backend_type = 'client backend')
        ), foreign_ones AS (
            SELECT o.database, o.backend_type, o.xact_start, extract(epoch FROM clock_timestamp() - o.xact_start)::bigint AS seconds
            FROM open o WHERE o.is_long AND NOT o.is_here ORDER BY o.xact_start LIMIT \(DoctorFinding.maximumDetails)
        )
        SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'), count(*) FILTER (WHERE o.is_long AND o.is_here),
            count(*) FILTER (WHERE o.is_idle AND o.is_here), (SELECT count(*) FROM pg_prepared_xacts),
            ARRAY(SELECT DISTINCT p.database::text FROM pg_prepared_xacts p ORDER BY 1 LIMIT \(DoctorFinding.maximumDetails)),
            count(*) FILTER (WHERE o.is_long AND NOT o.is_here),
            ARRAY(SELECT f.database FROM foreign_ones f ORDER BY f.xact_start), ARRAY(SELECT f.backend_type FROM foreign_ones f ORDER BY f.xact_start),
            ARRAY(SELECT f.seconds FROM foreign_ones f ORDER BY f.xact_start),
            coalesce(max(extract(epoch FROM clock_timestamp() - o.xact_start)), 0)::bigint
        FROM open o
        """
    let limits: DoctorLimits

    func bind(into binder: inout Binder) {
        binder.append(limits.transactionSeconds)
        binder.append(limits.idleSeconds)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TransactionFacts {
        var columns = ColumnReader(row)
        let isVisible = try columns.next(Bool.self)
        let (long, idle) = (try columns.next(Int.self), try columns.next(Int.self))
        let (prepared, preparedIn) = (try columns.next(Int.self), try columns.nextArray(String.self))
        let foreign = try columns.next(Int.self)
        let (databases, processes) = (try columns.nextArray(String.self), try columns.nextArray(String.self))
        let seconds = try columns.nextArray(Int64.self)
        return TransactionFacts(
            isVisible: isVisible,
            long: long,
            idle: idle,
            prepared: prepared,
            preparedIn: preparedIn,
            foreign: foreign,
            oldestForeign: zip(zip(databases, processes), seconds).map {
                TransactionFacts.Foreign(database: $0.0, process: $0.1, seconds: Int(clamping: $1))
            },
            oldestSeconds: try columns.next()
        )
    }
}
