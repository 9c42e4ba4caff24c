public import Domain
public import Postgres

/// A page of a tenant's re-evaluations, the newest first.
public struct ListReevaluations: Statement {
    public typealias Row = SLAReevaluation
    public static let sql = """
        SELECT \(ReevaluationColumns.list) FROM docket.sla_reevaluation
        WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR (requested_at, id) < ($2, $3)) ORDER BY requested_at DESC, id DESC LIMIT $4
        """
    let tenant: TenantID
    let after: ReevaluationPosition?
    let limit: Int

    public init(tenant: TenantID, after: ReevaluationPosition?, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after?.requestedAt)
        binder.append(after?.id)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAReevaluation { try ReevaluationColumns.decode(row) }
}

public struct LoadReevaluation: Statement {
    public typealias Row = SLAReevaluation
    public static let sql = "SELECT \(ReevaluationColumns.list) FROM docket.sla_reevaluation WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let id: SLAReevaluationID

    public init(tenant: TenantID, id: SLAReevaluationID) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAReevaluation { try ReevaluationColumns.decode(row) }
}

/// The columns of a re-evaluation that people see, in the one order.
private enum ReevaluationColumns {
    static let list = """
        id, cause, subject_id, state, total, is_divided, examined, changed, breached, failed, error, requested_at, started_at, finished_at
        """

    static func decode(_ row: RowView) throws(DecodeError) -> SLAReevaluation {
        var columns = ColumnReader(row)
        return SLAReevaluation(
            id: try columns.next(),
            cause: try columns.nextCode(),
            subject: try columns.nextOptional(),
            state: try columns.nextCode(),
            total: try columns.next(),
            isCounted: try columns.next(),
            examined: try columns.next(),
            changed: try columns.next(),
            breached: try columns.next(),
            failed: try columns.next(),
            error: try columns.nextOptional(),
            requestedAt: try columns.next(),
            startedAt: try columns.nextOptional(),
            finishedAt: try columns.nextOptional()
        )
    }
}
