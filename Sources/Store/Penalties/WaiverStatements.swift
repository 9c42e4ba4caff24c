public import Domain
public import Postgres

/// The requests to waive one entry, the newest first: one that waits is the newest. An entry has few; beyond a hundred nobody reads them.
public struct ListWaivers: Statement {
    public typealias Row = SLAWaiver
    public static let sql = """
        SELECT \(WaiverColumns.list) FROM docket.sla_waiver
        WHERE tenant_id = $1 AND penalty_id = $2 ORDER BY requested_at DESC, id DESC LIMIT 100
        """
    let tenant: TenantID
    let penalty: SLAPenaltyID

    public init(tenant: TenantID, penalty: SLAPenaltyID) {
        self.tenant = tenant
        self.penalty = penalty
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(penalty)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAWaiver { try WaiverColumns.decode(row) }
}

/// One request to waive an entry, however many there are.
public struct LoadWaiver: Statement {
    public typealias Row = SLAWaiver
    public static let sql = "SELECT \(WaiverColumns.list) FROM docket.sla_waiver WHERE tenant_id = $1 AND penalty_id = $2 AND id = $3"
    let tenant: TenantID
    let penalty: SLAPenaltyID
    let id: SLAWaiverID

    public init(tenant: TenantID, penalty: SLAPenaltyID, id: SLAWaiverID) {
        self.tenant = tenant
        self.penalty = penalty
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(penalty)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAWaiver { try WaiverColumns.decode(row) }
}

/// Whether all that an entry costs is waived, by whichever of its requests.
public struct IsWaived: Statement {
    public typealias Row = Bool
    public static let sql = """
        SELECT EXISTS (SELECT FROM docket.sla_penalty p JOIN docket.sla_waiver w ON w.tenant_id = $1 AND w.penalty_id = p.id AND w.state = 'approved'
            WHERE p.tenant_id = $1 AND p.id = $2 AND coalesce(w.amount, p.amount) >= p.amount)
        """
    let tenant: TenantID
    let penalty: SLAPenaltyID

    public init(tenant: TenantID, penalty: SLAPenaltyID) {
        self.tenant = tenant
        self.penalty = penalty
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(penalty)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool { try row.decode(Bool.self, at: 0) }
}

/// A request as the statements read it.
private enum WaiverColumns {
    static let list = "id, penalty_id, state, reason, requested_by, requested_at, decided_by, decided_at, note, amount"

    static func decode(_ row: RowView) throws(DecodeError) -> SLAWaiver {
        var columns = ColumnReader(row)
        let id: SLAWaiverID = try columns.next()
        let penalty: SLAPenaltyID = try columns.next()
        guard let state = SLAWaiver.State(rawValue: try columns.next()) else { throw DecodeError("not a waiver's state") }
        return SLAWaiver(
            id: id,
            penaltyID: penalty,
            state: state,
            reason: try columns.next(),
            requestedBy: try columns.next(),
            requestedAt: try columns.next(),
            decidedBy: try columns.nextOptional(),
            decidedAt: try columns.nextOptional(),
            note: try columns.nextOptional(),
            amount: try columns.nextOptional()
        )
    }
}

/// Records that somebody asks for a penalty to be waived.
public struct InsertWaiver: Statement {
    public typealias Row = NoRow
    /// Of two requests for one entry that wait at a time the second violates it.
    public static let constraint = "sla_waiver_one"
    public static let sql = """
        INSERT INTO docket.sla_waiver (tenant_id, id, penalty_id, state, reason, requested_by, requested_at) VALUES ($1, $2, $3, 'requested', $4, $5, $6)
        """
    let tenant: TenantID
    let waiver: SLAWaiver

    public init(tenant: TenantID, waiver: SLAWaiver) {
        self.tenant = tenant
        self.waiver = waiver
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(waiver.id)
        binder.append(waiver.penaltyID)
        binder.append(waiver.reason)
        binder.append(waiver.requestedBy)
        binder.append(waiver.requestedAt)
    }
}

/// Decides a request that waits; of two decisions at once the second writes nothing.
public struct DecideWaiver: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_waiver SET state = $4, decided_by = $5, decided_at = $6, note = $7, amount = $8
        WHERE tenant_id = $1 AND id = $2 AND penalty_id = $3 AND state = 'requested' AND requested_by <> $5
        """
    let tenant: TenantID
    let waiver: SLAWaiver

    public init(tenant: TenantID, waiver: SLAWaiver) {
        self.tenant = tenant
        self.waiver = waiver
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(waiver.id)
        binder.append(waiver.penaltyID)
        binder.append(waiver.state.rawValue)
        binder.append(waiver.decidedBy)
        binder.append(waiver.decidedAt)
        binder.append(waiver.note)
        binder.append(waiver.amount)
    }
}
