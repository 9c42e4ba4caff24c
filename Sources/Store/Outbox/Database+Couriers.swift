public import Domain
import Postgres

/// Which couriers live, and what they hold (docs/decisions/0048). All throw ``StoreError``.
extension Database {
    /// Shows that a courier lives, and looks which others do not any more. One round trip; whatever session runs it holds the courier's lock from then on.
    ///
    /// - Parameter look: how it looks; nil shows the courier only.
    /// - Returns: the couriers of which no session is left, and was none for ``CourierLook/looksToMiss`` looks in a row.
    public func showCourier(_ holder: DeliveryHolder, look: CourierLook?) async throws -> Set<DeliveryHolder> {
        var unit = PostgresUnit()
        unit.add(ShowCourier(holder: holder))
        let gone = look.map { unit.add(CountMissedCouriers(holder: holder, look: $0)) }
        do {
            let results = try await client.run(unit)
            return try gone.map { Set(try results.rows($0)) } ?? []
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }

    /// Leases of a courier that have not ended, at most ``TakeBackLeases/limit``.
    public func leases(of holder: DeliveryHolder) async throws -> [HeldLease] {
        try await runGlobal(LeasesHeld(holder: holder))
    }

    /// Nothing is left of a courier that is gone. One that lives shows itself again.
    public func forgetCourier(_ holder: DeliveryHolder) async throws {
        _ = try await runGlobal(ForgetCourier(holder: holder))
    }
}

/// Takes the courier's lock for the session, beside others of the same courier, and puts it on the list, missed by nobody. The lock outlasts the transaction, and
/// ends with the session; taking it again counts in the session's own memory only.
private struct ShowCourier: Statement {
    typealias Row = NoRow
    static let sql = """
        INSERT INTO docket.courier AS c (number, started_at)
        SELECT $1, docket.now() WHERE pg_try_advisory_lock_shared($1)
        ON CONFLICT (number) DO UPDATE SET missed_looks = 0 WHERE c.missed_looks > 0
        """
    let holder: DeliveryHolder

    func bind(into binder: inout Binder) {
        binder.append(holder.number)
    }
}

/// Whose lock can be had has no session any more. Each is had until the end of the transaction only; who finds it taken by another look leaves the counting to
/// that.
///
/// A session does not stand in its own way: where couriers share a pool, as in `docket dev --couriers 2`, or a pooler, their locks may be this session's own.
/// The real clock, not the test clock: connections end by that.
private struct CountMissedCouriers: Statement {
    static let sql = """
        WITH missed AS MATERIALIZED (
            SELECT c.number FROM docket.courier c WHERE CASE WHEN c.number = $1 THEN false
                WHEN NOT pg_try_advisory_xact_lock(c.number) THEN false
                ELSE NOT EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.pid = pg_backend_pid() AND l.mode = 'ShareLock'
                    AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = c.number) END
        ), counted AS (
            SELECT c.number FROM docket.courier c JOIN missed m USING (number)
            WHERE c.missed_looks = 0 OR c.missed_at <= clock_timestamp() - $2 * interval '1 microsecond' FOR UPDATE OF c SKIP LOCKED
        ), written AS (
            UPDATE docket.courier c SET missed_looks = least(c.missed_looks + 1, \(CourierLook.looksToMiss)), missed_at = clock_timestamp()
            FROM counted s WHERE c.number = s.number RETURNING c.number, c.missed_looks
        )
        SELECT w.number FROM written w WHERE w.missed_looks >= \(CourierLook.looksToMiss)
        """
    let holder: DeliveryHolder
    let look: CourierLook

    func bind(into binder: inout Binder) {
        binder.append(holder.number)
        binder.append(look.spacing.microseconds)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> DeliveryHolder {
        DeliveryHolder(number: try row.decode(Int64.self, at: 0))
    }
}

/// No lease lasts longer than ``DeliveryLease/seconds`` from now.
private struct LeasesHeld: Statement {
    static let sql = """
        SELECT l.tenant_id, l.id, l.lease_token
        FROM (SELECT docket.now() AS at OFFSET 0) n,
            docket.leases_held($1, n.at, n.at + interval '\(DeliveryLease.seconds) seconds', \(TakeBackLeases.limit)) l
        """
    let holder: DeliveryHolder

    func bind(into binder: inout Binder) {
        binder.append(holder.number)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> HeldLease {
        var columns = ColumnReader(row)
        return HeldLease(tenant: try columns.next(), lease: DeliveryLease(id: try columns.next(), token: try columns.next()))
    }
}

private struct ForgetCourier: Statement {
    typealias Row = NoRow
    static let sql = "DELETE FROM docket.courier WHERE number = $1"
    let holder: DeliveryHolder

    func bind(into binder: inout Binder) {
        binder.append(holder.number)
    }
}
