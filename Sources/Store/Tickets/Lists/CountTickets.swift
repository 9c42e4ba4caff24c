public import Domain
public import Postgres

/// Counts a tenant's tickets; stops behind the limit.
public struct CountTickets<Scope: TicketScope>: Statement {
    public typealias Row = Int
    public static var sql: String { "SELECT count(*) FROM (\(Scope.tickets("", where: "", "LIMIT $14"))) counted" }
    let tenant: TenantID
    let filter: TicketFilter
    let limit: Int

    /// - Parameter limit: the highest count.
    public init(tenant: TenantID, filter: TicketFilter, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        TicketListSQL.bind(tenant, filter, into: &binder)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
