public import Domain
public import Postgres

/// The clocks of some tickets that run or are paused, of each ticket the first to fall due first.
public struct LoadOpenTimers: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        public let timer: TimerRow
    }

    /// The most clocks of one ticket.
    public static let limitOfTicket = 20
    public static let sql = """
        SELECT ticket_id, \(TimerRow.list)
        FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT * FROM docket.sla_timer s
            WHERE s.tenant_id = $1 AND s.ticket_id = t.id AND s.state IN ('running', 'paused', 'breached_running')
            ORDER BY s.due_at NULLS LAST, s.metric, s.instance LIMIT \(limitOfTicket)
        ) s
        """
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(ticket: try columns.next(), timer: try TimerRow(&columns))
    }
}
