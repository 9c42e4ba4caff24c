public import Domain
public import Postgres

/// Tickets with entries of the ledger of penalties that may still change, of targets that were missed within a time: the breach goes on, or the ticket did after it was
/// computed. Those first that were not looked at for longest; not those of the last half hour.
public struct UnsettledPenalties: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        /// When it was looked at last.
        public let computedAt: Timestamp
    }

    public static let sql = """
        SELECT p.ticket_id, p.computed_at FROM docket.sla_penalty p JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = p.ticket_id
        WHERE p.tenant_id = $1 AND NOT p.settled AND p.computed_at < (SELECT docket.now()) - interval '30 minutes' AND p.breached_at >= $6 AND p.breached_at < $2
            AND (p.computed_at, p.ticket_id) > (coalesce($4::timestamptz, '-infinity'), $5) AND (p.ended_at IS NULL OR p.through_seq < t.last_seq)
        ORDER BY p.computed_at, p.ticket_id LIMIT $3
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let limit: Int
    let position: Row?

    /// - Parameters:
    ///   - span: when the targets were missed.
    ///   - position: the last row of the page before, so that a run goes through the unsettled ones once.
    public init(tenant: TenantID, in span: Range<Timestamp>, after position: Row?, limit: Int) {
        self.tenant = tenant
        self.span = span
        self.limit = limit
        self.position = position
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.upperBound)
        binder.append(Int64(limit))
        binder.append(position?.computedAt)
        binder.append(position?.ticket ?? TicketID.lowest)
        binder.append(span.lowerBound)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(ticket: try columns.next(), computedAt: try columns.next())
    }
}

/// Notes that the entries of tickets were looked at, also where that changed nothing: it is the others' turn.
public struct TouchPenalties: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_penalty SET computed_at = (SELECT docket.now())
        WHERE tenant_id = $1 AND ticket_id = ANY ($2) AND NOT settled AND computed_at < (SELECT docket.now())
        """
    let tenant: TenantID
    let tickets: [TicketID]

    public init(tenant: TenantID, tickets: [TicketID]) {
        self.tenant = tenant
        self.tickets = tickets
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
    }
}
