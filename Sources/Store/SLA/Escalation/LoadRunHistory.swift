public import Domain
public import Postgres

/// A ticket's runs, ended ones too, in the order of their ids after `after`.
public struct LoadRunHistory: Statement {
    public typealias Row = EscalationRunRecord
    public static let sql = """
        SELECT id, ticket_id, chain_id, trigger, document FROM docket.escalation_run
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let tenant: TenantID
    let ticket: TicketID
    let after: EscalationRunID
    let limit: Int

    public init(tenant: TenantID, ticket: TicketID, after: EscalationRunID? = nil, limit: Int) {
        self.tenant = tenant
        self.ticket = ticket
        self.after = after ?? .lowest
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(after)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> EscalationRunRecord {
        try LoadRuns.decode(row)
    }
}

/// What runs did, each run's steps in their order. Bounded: a run takes each of its at most 20 levels in at most 10 rounds.
public struct LoadRunFirings: Statement {
    public typealias Row = FiredEscalation
    public static let sql = """
        SELECT run_id, round, level, outcome, scheduled_for, fired_at, late FROM docket.escalation_firing
        WHERE tenant_id = $1 AND run_id = ANY ($2) ORDER BY run_id, scheduled_for, round, level, outcome = 'exhausted', outcome = 'fallback'
        """
    let tenant: TenantID
    let runs: [EscalationRunID]

    public init(tenant: TenantID, runs: [EscalationRunID]) {
        self.tenant = tenant
        self.runs = runs
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(runs)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> FiredEscalation {
        var columns = ColumnReader(row)
        return FiredEscalation(
            run: try columns.next(),
            round: Int(try columns.next(Int16.self)),
            level: Int(try columns.next(Int16.self)),
            outcome: try columns.nextCode(),
            scheduledFor: try columns.next(),
            firedAt: try columns.next(),
            isLate: try columns.next()
        )
    }
}

/// One run of a ticket.
public struct LoadRun: Statement {
    public typealias Row = EscalationRunRecord
    public static let sql = """
        SELECT id, ticket_id, chain_id, trigger, document FROM docket.escalation_run WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3
        """
    let tenant: TenantID
    let ticket: TicketID
    let id: EscalationRunID

    public init(tenant: TenantID, ticket: TicketID, id: EscalationRunID) {
        self.tenant = tenant
        self.ticket = ticket
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> EscalationRunRecord {
        try LoadRuns.decode(row)
    }
}
