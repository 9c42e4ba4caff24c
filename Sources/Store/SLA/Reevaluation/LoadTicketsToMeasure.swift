public import Domain
public import Postgres

/// Tickets whose clocks are to be measured anew, nil for each that cannot be read: its thresholds are passed all the same. Their heads are locked already.
public struct LoadTicketsToMeasure: Statement {
    public typealias Row = Ticket?
    public static let sql = "SELECT \(TicketColumns.briefList(describedIf: "$3")) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2)"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket? {
        try? LoadTickets.decode(row)
    }
}
