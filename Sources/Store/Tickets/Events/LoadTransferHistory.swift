public import Domain
public import Postgres

/// A ticket's last transfer and every event after it, in order; no row where it was never transferred.
public struct LoadTransferHistory: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = $2 AND seq >= (
            SELECT max(t.seq) FROM docket.ticket_event t WHERE t.tenant_id = $1 AND t.ticket_id = $2 AND t.kind = 'ticket.transferred'
        ) ORDER BY seq LIMIT $3
        """
    let tenant: TenantID
    let ticket: TicketID
    let limit: Int

    public init(tenant: TenantID, ticket: TicketID, limit: Int) {
        self.tenant = tenant
        self.ticket = ticket
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        var columns = ColumnReader(row)
        return try EventColumns.decode(&columns)
    }
}
