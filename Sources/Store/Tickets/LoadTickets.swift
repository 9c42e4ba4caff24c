public import Domain
public import Postgres

/// Reads many tickets, which the transaction has locked.
public struct LoadTickets: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2)"
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
        var columns = ColumnReader(row)
        return try TicketColumns.decode(&columns)
    }
}
