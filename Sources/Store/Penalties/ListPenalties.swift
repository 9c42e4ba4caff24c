public import Domain
public import Postgres

/// Entries that cost something, in the order of the breaches.
public struct ListPenalties: Statement {
    public typealias Row = PenaltyStatement.Line
    public static let sql = """
        SELECT \(PenaltyColumns.list) FROM \(PenaltyColumns.source)
        WHERE p.tenant_id = $1 AND p.amount IS NOT NULL AND p.breached_at >= $2 AND p.breached_at < $3 AND (p.breached_at, p.id) > ($4, $5)
            AND ($6::uuid IS NULL OR p.policy_id = $6) AND ($8::uuid IS NULL OR c.id = $8)
        ORDER BY p.breached_at, p.id LIMIT $7
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let after: (breachedAt: Timestamp, id: SLAPenaltyID)?
    let policy: SLAPolicyID?
    let contract: ContractID?
    let limit: Int

    public init(
        tenant: TenantID,
        span: Range<Timestamp>,
        after: (breachedAt: Timestamp, id: SLAPenaltyID)? = nil,
        policy: SLAPolicyID? = nil,
        contract: ContractID? = nil,
        limit: Int
    ) {
        self.tenant = tenant
        self.span = span
        self.after = after
        self.policy = policy
        self.contract = contract
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(after?.breachedAt ?? span.lowerBound.adding(microseconds: -1))
        binder.append(after?.id ?? SLAPenaltyID.lowest)
        binder.append(policy)
        binder.append(Int64(limit))
        binder.append(contract)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> PenaltyStatement.Line { try PenaltyColumns.decode(row) }
}

/// One entry, whatever it costs.
public struct LoadPenalty: Statement {
    public typealias Row = PenaltyStatement.Line
    public static let sql = "SELECT \(PenaltyColumns.list) FROM \(PenaltyColumns.source) WHERE p.tenant_id = $1 AND p.id = $2"
    let tenant: TenantID
    let id: SLAPenaltyID

    public init(tenant: TenantID, id: SLAPenaltyID) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> PenaltyStatement.Line { try PenaltyColumns.decode(row) }
}

/// Locks one entry until the transaction ends: requests to waive it come one after the other.
public struct LockPenalty: Statement {
    /// What it costs; nil where it costs nothing.
    public typealias Row = Int64?
    public static let sql = "SELECT amount FROM docket.sla_penalty WHERE tenant_id = $1 AND id = $2 FOR UPDATE"
    let tenant: TenantID
    let id: SLAPenaltyID

    public init(tenant: TenantID, id: SLAPenaltyID) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int64? { try row.decodeOptional(Int64.self, at: 0) }
}
