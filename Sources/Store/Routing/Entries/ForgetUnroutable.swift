public import Domain
public import Postgres

/// Takes the marks of unroutable tickets away that wait for something else now, so that it is told again when they come to that.
///
/// Commands lock a ticket and then write its entry. So the ticket is locked first here too, and one that a command holds is left to a later pass: waiting for it,
/// with the pass's loads locked, could end in a deadlock.
public struct ForgetUnroutable: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH free AS MATERIALIZED (
            SELECT t.id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = ANY ($2) AND t.state = 'waiting_assignment'
            ORDER BY t.id FOR KEY SHARE SKIP LOCKED
        )
        UPDATE docket.routing_entry r SET told_reason = NULL FROM free f WHERE r.tenant_id = $1 AND r.ticket_id = f.id
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
}
