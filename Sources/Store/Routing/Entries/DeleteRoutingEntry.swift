public import Domain
public import Postgres

/// Takes a ticket out of its queue: it got an agent, or needs none any more.
public struct DeleteRoutingEntry: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.routing_entry WHERE tenant_id = $1 AND ticket_id = $2"
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
}
