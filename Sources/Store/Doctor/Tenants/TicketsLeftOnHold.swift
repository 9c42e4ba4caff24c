public import Domain
public import Postgres

/// Tickets of some states that nobody has and that are in no queue, the longest untouched first.
public struct TicketsLeftOnHold: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        public let number: Int64
    }

    public static let sql = """
        SELECT t.id, t.number FROM docket.ticket t WHERE t.tenant_id = $1 AND t.state = ANY ($2) AND t.assignee_id IS NULL
        ORDER BY t.updated_at, t.id LIMIT $3
        """
    let tenant: TenantID
    let states: [TicketState]
    let limit: Int

    public init(tenant: TenantID, states: [TicketState], limit: Int) {
        self.tenant = tenant
        self.states = states
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(states.map(\.rawValue))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(ticket: try columns.next(), number: try columns.next())
    }
}
