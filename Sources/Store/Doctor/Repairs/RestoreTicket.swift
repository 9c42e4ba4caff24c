public import Domain
public import Postgres

/// Writes a ticket's row, which the transaction has locked, as its events say. Its id and number stay.
public struct RestoreTicket: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket SET (\(TicketColumns.list)) = (\(TicketColumns.placeholders))
        WHERE tenant_id = $1 AND id = $2 AND number = $3
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
