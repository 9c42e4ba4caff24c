public import Domain
public import Postgres

/// The histories of some tickets, each in order.
public struct LoadEventsOfTickets: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = ANY ($2) ORDER BY ticket_id, seq, at LIMIT $3
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let limit: Int

    public init(tenant: TenantID, tickets: [TicketID], limit: Int) {
        self.tenant = tenant
        self.tickets = tickets
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        var columns = ColumnReader(row)
        return try EventColumns.decode(&columns)
    }
}
