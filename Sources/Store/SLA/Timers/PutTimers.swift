public import Domain
public import Postgres

/// Writes the rows of timers, of one ticket or of many; they follow from the ledgers.
public struct PutTimers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.sla_timer AS t
            (tenant_id, ticket_id, metric, instance, state, next_fire_at, due_at, breach_at, outcome, counted_at, group_id, organization_id)
        SELECT $1, v.* FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::text[],
            $10::timestamptz[], $11::uuid[], $12::uuid[])
            AS v (ticket_id, metric, instance, state, next_fire_at, due_at, breach_at, outcome, counted_at, group_id, organization_id)
        ON CONFLICT (tenant_id, ticket_id, metric, instance) DO UPDATE SET
            state = excluded.state, next_fire_at = excluded.next_fire_at, due_at = excluded.due_at, breach_at = excluded.breach_at,
            outcome = excluded.outcome, counted_at = excluded.counted_at, group_id = excluded.group_id,
            organization_id = excluded.organization_id
        WHERE t.tenant_id = $1
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
        binder.append(timers.map(\.timer.state))
        binder.append(timers.map(\.timer.nextFireAt))
        binder.append(timers.map(\.timer.dueAt))
        binder.append(timers.map(\.timer.breachAt))
        binder.append(timers.map(\.timer.outcome))
        binder.append(timers.map(\.timer.countedAt))
        binder.append(timers.map(\.timer.group))
        binder.append(timers.map(\.timer.organization))
    }
}
