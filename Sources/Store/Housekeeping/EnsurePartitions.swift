import Postgres

/// Makes the partitions of one table: a transaction of its own, so that its locks are gone before the next table's are taken.
struct EnsurePartitions: Statement {
    struct Row: Sendable {
        let made: Int
        let failure: PartitionFailure?
    }

    /// The lock's number is this statement's own; it keeps two schedulers from making the same table.
    static let sql = """
        SELECT $1, p.made, p.failed, p.reason
        FROM (SELECT pg_try_advisory_xact_lock(7234981120455) AS is_free) l
        CROSS JOIN LATERAL docket.ensure_partitions($1, (docket.now() AT TIME ZONE 'UTC')::date, $2) p WHERE l.is_free
        """
    let table: MonthlyTable
    let monthsAhead: Int

    func bind(into binder: inout Binder) {
        binder.append(table.rawValue)
        binder.append(Int32(clamping: monthsAhead))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let table = try columns.next(String.self)
        let made = Int(try columns.next(Int32.self))
        let failed = Int(try columns.next(Int32.self))
        let reason = try columns.nextOptional(String.self)
        guard failed > 0, let table = MonthlyTable(rawValue: table) else { return Row(made: made, failure: nil) }
        return Row(made: made, failure: PartitionFailure(table: table, months: failed, reason: reason ?? "no reason was given"))
    }
}
