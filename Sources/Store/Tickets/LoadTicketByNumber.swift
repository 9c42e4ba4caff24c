public import Domain
public import Postgres

/// Reads the ticket that people know by its number.
public struct LoadTicketByNumber: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND number = $2"
    let tenant: TenantID
    let number: Int64

    public init(tenant: TenantID, number: Int64) {
        self.tenant = tenant
        self.number = number
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(number)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}
