public import Domain
public import Postgres

/// What a tenant's outbox holds, and which notices should be in it.
public struct CountDeliveries: Statement {
    public typealias Row = OutboxTally
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now),
        late AS (
            SELECT count(*) AS overdue, count(*) FILTER (WHERE o.unrecorded > 0) AS abandoned
            FROM docket.outbox o, clock WHERE o.tenant_id = $1 AND o.next_attempt_at < clock.now - make_interval(secs => $2)
        )
        SELECT (SELECT count(*) FROM docket.outbox o WHERE o.tenant_id = $1), late.overdue, late.abandoned,
            (SELECT count(*) FROM docket.outbox o, clock WHERE o.tenant_id = $1 AND o.next_attempt_at > clock.now + make_interval(secs => $3)),
            (SELECT count(*) FROM docket.outbox_dead d WHERE d.tenant_id = $1),
            (SELECT count(*) FROM docket.held_notice h, clock WHERE h.tenant_id = $1 AND h.due_at < clock.now - make_interval(secs => $2))
        FROM late
        """
    let tenant: TenantID
    let limits: DoctorLimits

    public init(tenant: TenantID, limits: DoctorLimits) {
        self.tenant = tenant
        self.limits = limits
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(limits.overdueSeconds)
        binder.append(limits.longestDeliveryWaitSeconds)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> OutboxTally {
        var columns = ColumnReader(row)
        return OutboxTally(
            waiting: try columns.next(),
            overdue: try columns.next(),
            abandoned: try columns.next(),
            unreachable: try columns.next(),
            dead: try columns.next(),
            notices: try columns.next()
        )
    }
}
