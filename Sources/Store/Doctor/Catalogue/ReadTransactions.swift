import Domain
import Postgres

/// What is open on this database beside the session that asks. Others' sessions show no times to who has not the rights of ``StatisticsRole``.
struct ReadTransactions: Statement {
    static let sql = """
        SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'), count(*) FILTER (WHERE a.xact_start < clock_timestamp() - make_interval(secs => $1)),
            count(*) FILTER (WHERE a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - make_interval(secs => $2)),
            (SELECT count(*) FROM pg_prepared_xacts p WHERE p.database = current_database()),
            coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start)), 0)::bigint
        FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
        """
    let limits: DoctorLimits

    func bind(into binder: inout Binder) {
        binder.append(limits.transactionSeconds)
        binder.append(limits.idleSeconds)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TransactionFacts {
        var columns = ColumnReader(row)
        return TransactionFacts(
            isVisible: try columns.next(),
            long: try columns.next(),
            idle: try columns.next(),
            prepared: try columns.next(),
            oldestSeconds: try columns.next()
        )
    }
}
