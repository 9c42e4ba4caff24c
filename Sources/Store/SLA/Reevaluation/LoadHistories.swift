public import Domain
public import Postgres

/// The histories of tickets, each in its order; of each at most so many events.
public struct LoadHistories: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT e.* FROM unnest($2::uuid[]) AS v (id) CROSS JOIN LATERAL (
            SELECT \(EventColumns.list) FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = v.id ORDER BY seq LIMIT $3
        ) e ORDER BY e.ticket_id, e.seq
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let limit: Int

    public init(tenant: TenantID, tickets: [TicketID], limit: Int) {
        self.tenant = tenant
        self.tickets = tickets
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        var columns = ColumnReader(row)
        return try EventColumns.decode(&columns)
    }
}
