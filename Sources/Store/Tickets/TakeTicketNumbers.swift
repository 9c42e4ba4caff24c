public import Domain
public import Postgres

/// Takes a block of ticket numbers; the row is the first of them. A unit of its own, so that no create waits for another's commit.
public struct TakeTicketNumbers: Statement {
    public typealias Row = Int64
    public static let sql = """
        UPDATE docket.ticket_counter SET next_number = next_number + $2 WHERE tenant_id = $1 RETURNING next_number - $2
        """
    let tenant: TenantID
    let count: Int64

    public init(tenant: TenantID, count: Int64) {
        self.tenant = tenant
        self.count = count
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(count)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int64 {
        try row.decode(Int64.self, at: 0)
    }
}
