public import Domain
public import Postgres

/// Writes the clocks of a ticket.
public struct PutLedger: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.sla_ledger AS l (tenant_id, ticket_id, document) VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id, ticket_id) DO UPDATE SET document = $3 WHERE l.tenant_id = $1
        """
    let tenant: TenantID
    let ticket: TicketID
    let ledger: SLALedger

    public init(tenant: TenantID, ticket: TicketID, ledger: SLALedger) {
        self.tenant = tenant
        self.ticket = ticket
        self.ledger = ledger
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(JSON(bytes: DocumentCoding.write(ledger)))
    }
}
