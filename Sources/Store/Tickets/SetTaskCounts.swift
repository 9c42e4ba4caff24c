public import Domain
public import Postgres

/// How many tasks a ticket has, where plans that a broken promise started are all that changed of its row beside its counters.
public struct TicketTaskCounts: Hashable, Sendable {
    public let ticket: TicketID
    public let attention: TicketAttention

    public init(ticket: TicketID, attention: TicketAttention) {
        self.ticket = ticket
        self.attention = attention
    }
}

/// Writes them for many tickets, which the transaction has locked: whoever has read them may not know their descriptions.
public struct SetTaskCounts: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket t SET task_count = v.task_count, open_required_tasks = v.open_required_tasks
        FROM unnest($2::uuid[], $3::smallint[], $4::smallint[]) AS v (ticket_id, task_count, open_required_tasks)
        WHERE t.tenant_id = $1 AND t.id = v.ticket_id
        """
    let tenant: TenantID
    let counts: [TicketTaskCounts]

    public init(tenant: TenantID, counts: [TicketTaskCounts]) {
        self.tenant = tenant
        self.counts = counts
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(counts.map(\.ticket))
        binder.append(counts.map { Int16(clamping: $0.attention.taskCount) })
        binder.append(counts.map { Int16(clamping: $0.attention.openRequiredTasks) })
    }
}
