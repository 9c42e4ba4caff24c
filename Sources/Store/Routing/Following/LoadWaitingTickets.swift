public import Domain
public import Postgres

/// Reads many tickets without their descriptions: enough for their entries, and never to be written as a whole.
public struct LoadWaitingTickets: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.briefList(describedIf: "false")) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2)"
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
