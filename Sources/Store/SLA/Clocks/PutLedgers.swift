public import Domain
public import Postgres

/// Writes the clocks of many tickets that have clocks already.
public struct PutLedgers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_ledger l SET document = v.document FROM unnest($2::uuid[], $3::json[]) AS v (ticket_id, document)
        WHERE l.tenant_id = $1 AND l.ticket_id = v.ticket_id
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
