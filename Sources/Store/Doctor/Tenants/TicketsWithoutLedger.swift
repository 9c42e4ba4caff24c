public import Domain
public import Postgres

/// Tickets that have timers and no ledger.
public struct TicketsWithoutLedger: Statement {
    public typealias Row = TicketID
    public static let sql = """
        SELECT DISTINCT s.ticket_id FROM docket.sla_timer s
        WHERE s.tenant_id = $1 AND s.ticket_id > $2 AND NOT EXISTS (SELECT FROM docket.sla_ledger l WHERE l.tenant_id = $1 AND l.ticket_id = s.ticket_id)
        ORDER BY s.ticket_id LIMIT $3
        """
    let tenant: TenantID
    let after: TicketID?
    let limit: Int

    public init(tenant: TenantID, after: TicketID? = nil, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? TicketID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
