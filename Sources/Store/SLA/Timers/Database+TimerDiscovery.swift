public import Domain
import Postgres

extension Database {
    /// Looks for timers, escalation levels and held notices that are due, and for re-evaluations: one statement, one round trip.
    ///
    /// - Throws: ``StoreError``.
    public func discoverTimers() async throws -> TimerDiscovery {
        let rows = try await runGlobal(DueTenants())
        let due = rows.compactMap { row in row.tenant.flatMap { row.isReevaluating ? nil : ($0, row.number) } }
        var seen: Set<TenantID> = []
        return TimerDiscovery(
            tenants: due.map(\.0).filter { seen.insert($0).inserted },
            due: due.reduce(0) { $0 + Int(clamping: $1.1 ?? 0) },
            untilNext: rows.first { $0.tenant == nil }?.number,
            reevaluating: rows.filter(\.isReevaluating).compactMap(\.tenant)
        )
    }

    /// How many timers are overdue (counting stops at 100,000).
    ///
    /// - Throws: ``StoreError``.
    public func timerBacklog() async throws -> Int {
        try await runGlobal(TimerBacklog()).first ?? 0
    }
}

/// The tenants with the rows seen to be due, those with a live re-evaluation, and a row without a tenant for the time until the next.
private struct DueTenants: Statement {
    struct Row: Sendable {
        let tenant: TenantID?
        let number: Int64?
        let isReevaluating: Bool
    }

    static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now)
        SELECT d.tenant_id, d.due, false FROM clock, docket.tenants_due(clock.now, \(TimerDiscovery.tenantLimit)) d
        UNION ALL
        SELECT h.tenant_id, NULL, false FROM clock, docket.tenants_with_held_notices(clock.now, \(TimerDiscovery.tenantLimit)) h
        UNION ALL
        SELECT NULL, (extract(epoch FROM least(docket.next_fire_at(), docket.next_held_notice_at()) - clock.now) * 1000000)::bigint, false FROM clock
        UNION ALL
        SELECT r.tenant_id, NULL, true FROM docket.tenants_to_reevaluate(\(TimerDiscovery.tenantLimit)) r
        """

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(
            tenant: try row.decodeOptional(TenantID.self, at: 0),
            number: try row.decodeOptional(Int64.self, at: 1),
            isReevaluating: try row.decode(Bool.self, at: 2)
        )
    }
}

private struct TimerBacklog: Statement {
    static let sql = "SELECT waiting FROM docket.backlog() WHERE kind = 'timers_overdue'"

    static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(clamping: try row.decode(Int64.self, at: 0))
    }
}
