public import Domain
public import Postgres

/// Deletes the rows of timers that their ledgers do not know, or know no more; the tickets are locked.
public struct DeleteTimers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        DELETE FROM docket.sla_timer t USING unnest($2::uuid[], $3::text[], $4::int[]) AS v (ticket_id, metric, instance)
        WHERE t.tenant_id = $1 AND t.ticket_id = v.ticket_id AND t.metric = v.metric AND t.instance = v.instance
        """
    let tenant: TenantID
    let timers: [(ticket: TicketID, timer: TimerRow)]

    public init(tenant: TenantID, timers: [(ticket: TicketID, timer: TimerRow)]) {
        self.tenant = tenant
        self.timers = timers
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(timers.map(\.ticket))
        binder.append(timers.map(\.timer.metric))
        binder.append(timers.map { Int32(clamping: $0.timer.instance) })
    }
}
