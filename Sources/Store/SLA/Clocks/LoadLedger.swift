public import Domain
public import Postgres

/// Reads the clocks of a ticket; no row for a ticket that no policy ever matched.
public struct LoadLedger: Statement {
    public typealias Row = SLALedger
    public static let sql = "SELECT document FROM docket.sla_ledger WHERE tenant_id = $1 AND ticket_id = $2"
    let tenant: TenantID
    let ticket: TicketID

    public init(tenant: TenantID, ticket: TicketID) {
        self.tenant = tenant
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLALedger {
        try DocumentCoding.read(SLALedger.self, from: try row.decode(JSON.self, at: 0).bytes)
    }
}
