public import Domain
public import Postgres

/// Notes for waiting tickets of which reason somebody is told; the row forgets it when the ticket is assigned.
///
/// Commands lock a ticket and then write its entry. So the ticket is locked first here too, and one that a command holds is left to a later pass: waiting
/// for it, with the pass's loads locked, could end in a deadlock.
public struct SetToldReasons: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH free AS MATERIALIZED (
            SELECT t.id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = ANY ($2) AND t.state = 'waiting_assignment'
            ORDER BY t.id FOR KEY SHARE SKIP LOCKED
        )
        UPDATE docket.routing_entry r SET told_reason = n.reason FROM unnest($2::uuid[], $3::text[]) AS n (ticket_id, reason)
        WHERE r.tenant_id = $1 AND r.ticket_id = n.ticket_id AND n.ticket_id IN (SELECT f.id FROM free f)
        """
    let tenant: TenantID
    let reasons: [(ticket: TicketID, reason: RoutingWait.Reason?)]

    /// - Parameter reasons: nil where the ticket waits for something else now, so that it is told again when it comes to that.
    public init(tenant: TenantID, reasons: [(ticket: TicketID, reason: RoutingWait.Reason?)]) {
        self.tenant = tenant
        self.reasons = reasons
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(reasons.map(\.ticket))
        binder.append(reasons.map { $0.reason?.rawValue })
    }
}
