public import Domain
public import Postgres

/// Reads many tickets; nil for one whose row this version cannot read, so that it does not stop the others.
public struct LoadReadableTickets: Statement {
    public typealias Row = Ticket?
    public static let sql = LoadTickets.sql
    let tickets: LoadTickets

    public init(tenant: TenantID, tickets: [TicketID]) {
        self.tickets = LoadTickets(tenant: tenant, tickets: tickets)
    }

    public func bind(into binder: inout Binder) {
        tickets.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket? {
        try? LoadTickets.decode(row)
    }
}
