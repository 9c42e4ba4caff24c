public import Domain
public import Postgres

/// The last event by which a ticket got an agent.
public struct LoadLastAssignment: Statement {
    public typealias Row = TicketEvent
    public static let sql = """
        SELECT \(EventColumns.list) FROM docket.ticket_event
        WHERE tenant_id = $1 AND ticket_id = $2 AND kind = 'ticket.assigned' AND seq <= $3 ORDER BY seq DESC LIMIT 1
        """
    let tenant: TenantID
    let ticket: TicketID
    let last: Int

    /// - Parameter sequence: the last event looked at; nil for all.
    public init(tenant: TenantID, ticket: TicketID, upTo sequence: Int? = nil) {
        self.tenant = tenant
        self.ticket = ticket
        last = sequence ?? .max
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(Int32(clamping: last))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        try LoadEvents.decode(row)
    }
}
