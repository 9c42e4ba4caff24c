public import Domain
public import Postgres

/// Ends the tenant's live re-evaluation: another takes its place in the same transaction.
public struct SupersedeReevaluation: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_reevaluation SET state = 'superseded', finished_at = $2 WHERE tenant_id = $1 AND state IN ('waiting', 'running')
        """
    let tenant: TenantID
    let time: Timestamp

    public init(tenant: TenantID, time: Timestamp) {
        self.tenant = tenant
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
    }
}

/// Asks for a re-evaluation by the configuration as this transaction leaves it; comes after ``AdvanceConfiguration`` and ``SupersedeReevaluation`` of the
/// same time. What the superseded one had to do beyond choosing policies anew, this one has to do too: one for a requester's tickets alone takes the place
/// of no other, and becomes one for all where others have joined (``JoinReevaluation``). It begins where that one had come to, and goes once round: however
/// fast edits come, every ticket has its turn.
public struct InsertReevaluation: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH former AS (
            SELECT s.is_forced, s.moves_tickets, s.requester_id, s.has_joined, s.position, s.requested_at FROM docket.sla_reevaluation s
            WHERE s.tenant_id = $1 AND s.state = 'superseded' AND s.finished_at = $5
        ), place AS (
            SELECT coalesce((SELECT f.position FROM former f ORDER BY f.requested_at DESC LIMIT 1), '00000000-0000-0000-0000-000000000000') AS id
        )
        INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, subject_id, configuration_version, state, requested_at, is_forced, moves_tickets, requester_id,
            begins_after, divided_to, position)
        SELECT $1, $2, $3, $4, c.version, 'waiting', $5,
            $3 = 'time_zones' OR EXISTS (SELECT FROM former f WHERE f.is_forced),
            $3 = 'requester' OR EXISTS (SELECT FROM former f WHERE f.moves_tickets),
            CASE WHEN $3 = 'requester' AND NOT EXISTS (SELECT FROM former f WHERE f.has_joined OR f.requester_id IS DISTINCT FROM $4) THEN $4 END,
            place.id, place.id, place.id
        FROM docket.tenant_configuration c CROSS JOIN place WHERE c.tenant_id = $1
        """
    let tenant: TenantID
    let id: SLAReevaluationID
    let cause: SLAReevaluation.Cause
    let subject: ID<SLAReevaluation.Subject>?
    let time: Timestamp

    public init(tenant: TenantID, id: SLAReevaluationID, cause: SLAReevaluation.Cause, subject: ID<SLAReevaluation.Subject>?, time: Timestamp) {
        self.tenant = tenant
        self.id = id
        self.cause = cause
        self.subject = subject
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
        binder.append(cause.rawValue)
        binder.append(subject)
        binder.append(time)
    }
}
