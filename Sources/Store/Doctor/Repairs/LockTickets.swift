public import Domain
public import Postgres

/// Reads many tickets and locks their rows in the order of their ids until the transaction ends.
public struct LockTickets: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}
