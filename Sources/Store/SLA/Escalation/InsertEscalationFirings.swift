public import Domain
public import Postgres

/// Records the steps of runs. A unique index holds each (run, round, level) once: a second firing would undo its whole transaction (design.md I4).
public struct InsertEscalationFirings: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.escalation_firing (tenant_id, run_id, round, level, outcome, scheduled_for, fired_at, late)
        SELECT $1, v.run_id, v.round, v.level, v.outcome, v.scheduled_for, $8, v.late
        FROM unnest($2::uuid[], $3::smallint[], $4::smallint[], $5::text[], $6::timestamptz[], $7::bool[])
            AS v (run_id, round, level, outcome, scheduled_for, late)
        """
    let tenant: TenantID
    let firings: [(run: EscalationRunID, firing: EscalationFiring)]
    let time: Timestamp

    public init(tenant: TenantID, firings: [(run: EscalationRunID, firing: EscalationFiring)], time: Timestamp) {
        self.tenant = tenant
        self.firings = firings
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(firings.map(\.run))
        binder.append(firings.map { Int16(clamping: $0.firing.round) })
        binder.append(firings.map { Int16(clamping: $0.firing.level) })
        binder.append(firings.map(\.firing.outcome.rawValue))
        binder.append(firings.map(\.firing.scheduledFor))
        binder.append(firings.map(\.firing.isLate))
        binder.append(time)
    }
}
