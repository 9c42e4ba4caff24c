public import Domain
public import Postgres

/// Reads tickets and locks their rows until the transaction ends. Those that somebody else has locked are passed over.
///
/// A long text costs a look into another table and no condition looks at it: the descriptions are left out, so such a ticket is never written as a whole.
public struct LockFreeTickets: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.briefList) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2) FOR UPDATE SKIP LOCKED"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket { try LoadTickets.decode(row) }
}
