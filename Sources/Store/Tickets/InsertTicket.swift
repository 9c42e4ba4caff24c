public import Domain
public import Postgres

/// Inserts a new ticket's row.
public struct InsertTicket: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket (tenant_id, \(TicketColumns.list))
        VALUES ($1, \(TicketColumns.placeholders))
        """
    let tenant: TenantID
    let ticket: Ticket

    public init(tenant: TenantID, ticket: Ticket) {
        self.tenant = tenant
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        TicketColumns.bind(ticket, into: &binder)
    }
}
