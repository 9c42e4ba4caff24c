public import Domain
public import Postgres

/// Records passed thresholds. The primary key holds each (timer, threshold, target version) once: a second firing would undo its whole transaction (design.md I4).
public struct InsertFirings: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.sla_firing (tenant_id, ticket_id, metric, instance, kind, threshold, target_version, scheduled_for, fired_at, suppressed)
        SELECT $1, v.ticket_id, v.metric, v.instance, v.kind, v.threshold, v.target_version, v.scheduled_for, $9, v.suppressed
        FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::int[], $8::timestamptz[], $10::bool[])
            AS v (ticket_id, metric, instance, kind, threshold, target_version, scheduled_for, suppressed)
        """
    let tenant: TenantID
    let firings: [(ticket: TicketID, firing: SLAFiring)]
    let time: Timestamp

    public init(tenant: TenantID, firings: [(ticket: TicketID, firing: SLAFiring)], time: Timestamp) {
        self.tenant = tenant
        self.firings = firings
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(firings.map(\.ticket))
        binder.append(firings.map(\.firing.metric.rawValue))
        binder.append(firings.map { Int32(clamping: $0.firing.instance) })
        binder.append(firings.map { $0.firing.threshold == .breach ? "breach" : "warning" })
        binder.append(firings.map(\.firing.threshold.description))
        binder.append(firings.map { Int32(clamping: $0.firing.targetVersion) })
        binder.append(firings.map(\.firing.scheduledFor))
        binder.append(time)
        binder.append(firings.map(\.firing.isSuppressed))
    }
}
