public import Domain
public import Postgres

/// The tenant's live re-evaluation, with whether it may go on.
public struct LoadLiveReevaluation: Statement {
    public struct Row: Sendable {
        public let id: SLAReevaluationID
        /// Whether clocks are measured again although policy and calendar are the same.
        public let isForced: Bool
        /// Whether tickets take over the organizations of their requesters.
        public let movesTickets: Bool
        /// Whether all tickets have been divided into parts.
        public let isDivided: Bool
        /// Whether every command that decided by an older configuration has ended.
        public let isSettled: Bool
        /// How far the server had counted the transactions that write, of whatever database.
        public let transactions: Int64
    }

    public static let sql = """
        SELECT id, is_forced, moves_tickets, is_divided, state = 'running' OR docket.configuration_is_settled($1, configuration_version),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        FROM docket.sla_reevaluation WHERE tenant_id = $1 AND state IN ('waiting', 'running')
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            id: try columns.next(),
            isForced: try columns.next(),
            movesTickets: try columns.next(),
            isDivided: try columns.next(),
            isSettled: try columns.next(),
            transactions: try columns.next()
        )
    }
}

/// Some tickets to measure anew: the work of one transaction.
public struct ReevaluationPart: Sendable {
    public let reevaluation: SLAReevaluationID
    public let number: Int
    public let tickets: [TicketID]
    /// How often it was tried in vain.
    public let failures: Int
    /// Whether it is a stretch of the ring; others were added or split off.
    public let isInTurn: Bool
}

/// Locks a part that could not be done, unless somebody else has it or has dealt with it.
public struct LockReevaluationPart: Statement {
    public typealias Row = Int
    public static let sql = """
        SELECT number FROM docket.sla_reevaluation_part
        WHERE tenant_id = $1 AND reevaluation_id = $2 AND number = $3 AND failures = $4 FOR UPDATE SKIP LOCKED
        """
    let tenant: TenantID
    let part: ReevaluationPart

    public init(tenant: TenantID, part: ReevaluationPart) {
        self.tenant = tenant
        self.part = part
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(part.reevaluation)
        binder.append(Int32(clamping: part.number))
        binder.append(Int16(clamping: part.failures))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int { Int(try row.decode(Int32.self, at: 0)) }
}

/// Locks one part of the tenant's live re-evaluation until the transaction ends; parts that others have are passed over.
public struct ClaimReevaluationPart: Statement {
    public typealias Row = ReevaluationPart
    public static let sql = """
        SELECT p.reevaluation_id, p.number, p.tickets, p.failures, p.in_turn FROM docket.sla_reevaluation_part p
        WHERE p.tenant_id = $1 AND p.not_before <= (SELECT docket.now()) AND p.reevaluation_id =
            (SELECT r.id FROM docket.sla_reevaluation r WHERE r.tenant_id = $1 AND r.state = 'running')
        ORDER BY p.number LIMIT 1 FOR UPDATE OF p SKIP LOCKED
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ReevaluationPart {
        var columns = ColumnReader(row)
        return ReevaluationPart(
            reevaluation: try columns.next(),
            number: Int(try columns.next(Int32.self)),
            tickets: try columns.nextArray(),
            failures: Int(try columns.next(Int16.self)),
            isInTurn: try columns.next()
        )
    }
}
