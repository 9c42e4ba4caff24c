public import Domain
public import Postgres

/// Tickets whose missed targets the ledger of penalties does not have, or has from a shorter history, or, where all are asked for, whose breach is not over: in the
/// order of the breaches within a time.
///
/// What is settled follows no further history: a closed ticket that is archived has one event more, and costs what it did.
///
/// Only targets that were missed under a policy are looked at; whether it has penalties shows when they are computed.
public struct StaleBreaches: Statement {
    public struct Row: Hashable, Sendable {
        public let breachedAt: Timestamp
        public let ticket: TicketID
    }

    /// Which of them.
    public enum Scope: Int16, Sendable {
        /// Those that the ledger does not have.
        case missing
        /// Those too that it has from a shorter history, unless they are settled.
        case changed
        /// And open ones, however fresh their entry is.
        case all
    }

    public static let sql = """
        SELECT f.scheduled_for, f.ticket_id FROM docket.sla_firing f
        JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = f.ticket_id
        LEFT JOIN docket.sla_penalty p ON p.tenant_id = $1 AND p.ticket_id = f.ticket_id AND p.metric = f.metric AND p.instance = f.instance
            AND p.target_version = f.target_version
        WHERE f.tenant_id = $1 AND f.kind = 'breach' AND f.scheduled_for >= $2 AND f.scheduled_for < $3 AND (f.scheduled_for, f.ticket_id) > ($4, $5)
            AND (p.id IS NULL OR $7::smallint > 0 AND (NOT p.settled AND p.through_seq < t.last_seq
                OR $7 = 2 AND p.ended_at IS NULL))
        ORDER BY f.scheduled_for, f.ticket_id LIMIT $6
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let after: Row?
    let limit: Int
    let scope: Scope

    /// - Parameter after: the last row of the page before.
    public init(tenant: TenantID, span: Range<Timestamp>, after: Row?, limit: Int, scope: Scope) {
        self.tenant = tenant
        self.span = span
        self.after = after
        self.limit = limit
        self.scope = scope
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(after?.breachedAt ?? span.lowerBound.adding(microseconds: -1))
        binder.append(after?.ticket ?? TicketID.lowest)
        binder.append(Int64(limit))
        binder.append(scope.rawValue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(breachedAt: try columns.next(), ticket: try columns.next())
    }
}

/// How many missed targets of a time the ledger of penalties does not have as they are, up to a limit; what is settled is as it is.
public struct CountStaleBreaches: Statement {
    public typealias Row = Int
    public static let sql = """
        SELECT count(*) FROM (
            SELECT FROM docket.sla_firing f
            JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = f.ticket_id
            LEFT JOIN docket.sla_penalty p ON p.tenant_id = $1 AND p.ticket_id = f.ticket_id AND p.metric = f.metric AND p.instance = f.instance
                AND p.target_version = f.target_version
            WHERE f.tenant_id = $1 AND f.kind = 'breach' AND f.scheduled_for >= $2 AND f.scheduled_for < $3
                AND (p.id IS NULL OR NOT p.settled AND p.through_seq < t.last_seq) LIMIT $4
        ) stale
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let limit: Int

    public init(tenant: TenantID, span: Range<Timestamp>, limit: Int) {
        self.tenant = tenant
        self.span = span
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int { Int(try row.decode(Int64.self, at: 0)) }
}
