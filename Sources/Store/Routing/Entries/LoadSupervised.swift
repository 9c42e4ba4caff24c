public import Domain
public import Postgres

/// Those of some tickets whose groups have a head.
public struct LoadSupervised: Statement {
    public typealias Row = TicketID
    public static let sql = """
        SELECT t.id FROM docket.ticket t JOIN docket.agent_group g ON g.tenant_id = $1 AND g.id = t.group_id AND g.head_agent_id IS NOT NULL
        WHERE t.tenant_id = $1 AND t.id = ANY ($2)
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

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
