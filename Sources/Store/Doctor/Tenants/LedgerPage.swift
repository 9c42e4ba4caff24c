public import Domain
public import Postgres

/// A page of a tenant's ledgers in the order of their tickets.
public struct LedgerPage: Statement {
    public typealias Row = LoadLedgers.Row
    public static let sql = "SELECT ticket_id, document FROM docket.sla_ledger WHERE tenant_id = $1 AND ticket_id > $2 ORDER BY ticket_id LIMIT $3"
    let tenant: TenantID
    let after: TicketID?
    let limit: Int

    public init(tenant: TenantID, after: TicketID?, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? TicketID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        try LoadLedgers.decode(row)
    }
}
