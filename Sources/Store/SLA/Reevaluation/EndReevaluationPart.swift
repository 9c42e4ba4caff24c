public import Domain
public import Postgres

/// Deletes a part that is done; the transaction has it locked.
public struct DeleteReevaluationPart: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.sla_reevaluation_part WHERE tenant_id = $1 AND reevaluation_id = $2 AND number = $3"
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
    }
}

/// Leaves some tickets of a part for a later try.
public struct DeferReevaluationPart: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_reevaluation_part SET tickets = $4, failures = $5, not_before = docket.now() + make_interval(secs => $6)
        WHERE tenant_id = $1 AND reevaluation_id = $2 AND number = $3
        """
    let tenant: TenantID
    let part: ReevaluationPart
    let tickets: [TicketID]
    let failures: Int
    let seconds: Double

    public init(tenant: TenantID, part: ReevaluationPart, tickets: [TicketID], failures: Int, seconds: Double) {
        self.tenant = tenant
        self.part = part
        self.tickets = tickets
        self.failures = failures
        self.seconds = seconds
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(part.reevaluation)
        binder.append(Int32(clamping: part.number))
        binder.append(tickets)
        binder.append(Int16(clamping: failures))
        binder.append(seconds)
    }
}

/// Makes one more part of some tickets.
public struct InsertReevaluationPart: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH job AS (
            UPDATE docket.sla_reevaluation SET part_count = part_count + 1, open_parts = open_parts + 1
            WHERE tenant_id = $1 AND id = $2 AND state = 'running' RETURNING part_count
        )
        INSERT INTO docket.sla_reevaluation_part (tenant_id, reevaluation_id, number, tickets, failures, not_before)
        SELECT $1, $2, job.part_count, $3, $4, docket.now() FROM job
        """
    let tenant: TenantID
    let reevaluation: SLAReevaluationID
    let tickets: [TicketID]
    let failures: Int

    public init(tenant: TenantID, reevaluation: SLAReevaluationID, tickets: [TicketID], failures: Int) {
        self.tenant = tenant
        self.reevaluation = reevaluation
        self.tickets = tickets
        self.failures = failures
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(reevaluation)
        binder.append(tickets)
        binder.append(Int16(clamping: failures))
    }
}

/// Counts what one part came to. The last statement of its transaction: all workers write this row. A re-evaluation whose last part is done is done;
/// one that was superseded meanwhile is left alone.
///
/// Whether it was done or not, the ring goes on behind the part: what is left of it comes again.
public struct CountReevaluation: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_reevaluation SET
            examined = examined + $3, changed = changed + $4, breached = breached + $5, failed = failed + $6, error = coalesce($7, error),
            open_parts = open_parts - $8, state = CASE WHEN is_divided AND open_parts = $8 THEN 'done' ELSE state END,
            finished_at = CASE WHEN is_divided AND open_parts = $8 THEN docket.now() END,
            position = CASE WHEN $9 > position_part THEN $10 ELSE position END, position_part = greatest(position_part, $9)
        WHERE tenant_id = $1 AND id = $2 AND state = 'running'
        """
    /// What is added to the counts.
    public struct Progress: Hashable, Sendable {
        public var examined = 0
        public var changed = 0
        public var breached = 0
        public var failed = 0
        public var error: String?
        /// Whether the part is over.
        public var isPartDone = false

        public init() {}
    }

    let tenant: TenantID
    let part: ReevaluationPart
    let progress: Progress

    public init(tenant: TenantID, part: ReevaluationPart, progress: Progress) {
        self.tenant = tenant
        self.part = part
        self.progress = progress
    }

    public func bind(into binder: inout Binder) {
        let last = part.isInTurn ? part.tickets.last : nil
        binder.append(tenant)
        binder.append(part.reevaluation)
        binder.append(Int64(progress.examined))
        binder.append(Int64(progress.changed))
        binder.append(Int64(progress.breached))
        binder.append(Int64(progress.failed))
        binder.append(progress.error.map { String($0.prefix(500)) })
        binder.append(Int32(progress.isPartDone ? 1 : 0))
        binder.append(last == nil ? 0 : Int32(clamping: part.number))
        binder.append(last)
    }
}
