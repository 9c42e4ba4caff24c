public import Domain
public import Postgres

/// Reads tickets and locks their rows until the transaction ends. Those that somebody else has locked are passed over.
///
/// A long text costs a look into another table: where no condition looks at them the descriptions are left out, so such a ticket is never written as a whole.
public struct LockFreeTickets: Statement {
    public typealias Row = Ticket
    public static let sql = """
        SELECT \(TicketColumns.briefList(describedIf: "$3")) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2) FOR UPDATE SKIP LOCKED
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let withDescriptions: Bool

    public init(tenant: TenantID, tickets: [TicketID], withDescriptions: Bool) {
        self.tenant = tenant
        self.tickets = tickets
        self.withDescriptions = withDescriptions
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(withDescriptions)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket { try LoadTickets.decode(row) }
}
