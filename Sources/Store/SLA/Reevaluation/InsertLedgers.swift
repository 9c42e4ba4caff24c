public import Domain
public import Postgres

/// Writes the clocks of many tickets that had none.
public struct InsertLedgers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.sla_ledger (tenant_id, ticket_id, document)
        SELECT $1, v.ticket_id, v.document FROM unnest($2::uuid[], $3::json[]) AS v (ticket_id, document)
        """
    let tenant: TenantID
    let ledgers: [(ticket: TicketID, ledger: SLALedger)]

    public init(tenant: TenantID, ledgers: [(ticket: TicketID, ledger: SLALedger)]) {
        self.tenant = tenant
        self.ledgers = ledgers
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ledgers.map(\.ticket))
        binder.append(ledgers.map { JSON(bytes: DocumentCoding.write($0.ledger)) })
    }
}
