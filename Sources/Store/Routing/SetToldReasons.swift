public import Domain
public import Postgres

/// Notes for waiting tickets of which reason somebody is told; the row forgets it when the ticket is assigned.
public struct SetToldReasons: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_entry r SET told_reason = n.reason FROM unnest($2::uuid[], $3::text[]) AS n (ticket_id, reason)
        WHERE r.tenant_id = $1 AND r.ticket_id = n.ticket_id
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
