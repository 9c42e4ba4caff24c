public import Domain
public import Postgres

/// Whose calendar a ticket has, as the last event says that chose one; null where it was not recorded.
public struct LoadCalendarSource: Statement {
    public typealias Row = SLACalendarChoice.Source?
    public static let sql = """
        SELECT data ->> 'calendarSource' FROM docket.ticket_event
        WHERE tenant_id = $1 AND ticket_id = $2 AND kind IN ('ticket.created', 'sla.policy_changed') ORDER BY seq DESC LIMIT 1
        """
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

    public static func decode(_ row: RowView) throws(DecodeError) -> SLACalendarChoice.Source? {
        try row.decodeOptional(String.self, at: 0).flatMap(SLACalendarChoice.Source.init)
    }
}
