public import Domain
public import Postgres

/// The timers of some tickets.
public struct LoadTimerRows: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        public let timer: TimerRow
    }

    public static let sql = """
        SELECT ticket_id, \(TimerRow.list) FROM docket.sla_timer WHERE tenant_id = $1 AND ticket_id = ANY ($2)
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
