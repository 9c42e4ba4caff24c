public import Domain
public import Postgres

/// Deletes a tenant's oldest attempts to deliver that are older than some days, while no other courier deletes any.
///
/// A batch is a stretch of the primary key from its beginning, which no estimate of the planner can turn into something else. What was written at the
/// time of its last attempt goes with it, so that a batch can be larger than its limit by the attempts of one moment.
public struct PurgeDeliveryAttempts: Statement {
    public typealias Row = NoRow
    /// The lock's number is this statement's own.
    public static let sql = """
        DELETE FROM docket.delivery_attempt a
        WHERE a.tenant_id = $1 AND a.at <= (
            SELECT max(o.at) FROM (
                SELECT x.at FROM docket.delivery_attempt x
                WHERE (SELECT pg_try_advisory_xact_lock(7234981120456)) AND x.tenant_id = $1
                    AND x.at < (SELECT docket.now()) - make_interval(days => $2)
                ORDER BY x.at LIMIT $3
            ) o
        )
        """
    let rows: AgedRows

    public init(_ rows: AgedRows) {
        self.rows = rows
    }

    public func bind(into binder: inout Binder) {
        rows.bind(into: &binder)
    }
}

/// Gives up a tenant's mails that have been due for some days without anybody sending them: no courier has a mail server. They are kept with the other
/// deliveries that were given up, and can be made again.
public struct GiveUpUnsentMails: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at),
        picked AS MATERIALIZED (
            SELECT o.id FROM docket.outbox o
            WHERE o.tenant_id = $1 AND o.lane = '00000000-0000-0000-0000-000000000000'
                AND o.next_attempt_at < (SELECT at FROM clock) - make_interval(days => $2)
            ORDER BY o.next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
        ),
        gone AS (
            DELETE FROM docket.outbox o WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(SELECT id FROM picked))
            RETURNING o.id, o.kind, o.ticket_id, o.event_seq, o.payload, o.attempts, o.created_at, o.traceparent, o.is_digest
        )
        INSERT INTO docket.outbox_dead (tenant_id, id, kind, ticket_id, event_seq, payload, attempts, reason, created_at, died_at, traceparent, is_digest)
        SELECT $1, g.id, g.kind, g.ticket_id, g.event_seq, g.payload, g.attempts, 'no mail server took it for ' || $2::text || ' days', g.created_at, c.at,
            g.traceparent, g.is_digest
        FROM gone g, clock c
        ON CONFLICT (tenant_id, id) DO UPDATE SET attempts = excluded.attempts, reason = excluded.reason, died_at = excluded.died_at
        """
    let rows: AgedRows

    public init(_ rows: AgedRows) {
        self.rows = rows
    }

    public func bind(into binder: inout Binder) {
        rows.bind(into: &binder)
    }
}

extension Database {
    /// Tenants with attempts to deliver that are older than `days`, or mails that have been due for longer, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsWithOldDeliveries(olderThanDays days: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsWithOldDeliveries(days: days))
    }

    /// Drops the months of attempts that ended more than `days` ago and have none left. Leaves them for the next time where others are in the way.
    ///
    /// - Returns: how many were dropped.
    /// - Throws: ``StoreError``.
    public func dropEmptyAttemptMonths(olderThanDays days: Int) async throws -> Int {
        try await runGlobal(DropEmptyAttemptMonths(days: days)).first ?? 0
    }
}

private struct TenantsWithOldDeliveries: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_with_old_deliveries(docket.now() - make_interval(days => $1), 10000)"
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}

private struct DropEmptyAttemptMonths: Statement {
    /// The lock's number is this statement's own; it keeps two couriers from dropping the same table.
    static let sql = """
        SELECT CASE WHEN pg_try_advisory_xact_lock(7234981120457)
            THEN docket.drop_empty_attempt_months(docket.now() - make_interval(days => $1)) ELSE 0 END
        """
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int32.self, at: 0))
    }
}
