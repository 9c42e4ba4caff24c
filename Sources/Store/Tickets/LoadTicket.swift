public import Domain
public import Postgres

/// Reads one ticket.
public struct LoadTicket: Statement {
    public typealias Row = Ticket
    public static let sql = "SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND id = $2"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        var columns = ColumnReader(row)
        return try TicketColumns.decode(&columns)
    }
}

/// Reads one ticket and locks its row until the transaction ends: commands on one ticket go one after the other.
public struct LockTicket: Statement {
    public typealias Row = Ticket
    public static let sql = LoadTicket.sql + " FOR UPDATE"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}
