public import Domain
public import Postgres

/// The tasks that tickets get.
public struct InsertTicketTasks: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_task (tenant_id, ticket_id, id, playbook_id, playbook_version, title, instructions, required, started_at, due_at)
        SELECT $1, t.* FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::bool[], $9::timestamptz[],
            $10::timestamptz[]) t
        """
    let tenant: TenantID
    let tasks: [TicketTask]

    public init(tenant: TenantID, tasks: [TicketTask]) {
        self.tenant = tenant
        self.tasks = tasks
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tasks.map(\.ticketID))
        binder.append(tasks.map(\.id))
        binder.append(tasks.map(\.playbookID))
        binder.append(tasks.map(\.playbookVersion))
        binder.append(tasks.map(\.title))
        binder.append(tasks.map(\.instructions))
        binder.append(tasks.map(\.isRequired))
        binder.append(tasks.map(\.startedAt))
        binder.append(tasks.map(\.dueAt))
    }
}

/// Ends a task that is to be done.
public struct FinishTicketTask: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket_task SET outcome = $4, note = $5, finished_by_kind = $6, finished_by_id = $7, finished_at = $8
        WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3 AND outcome IS NULL
        """
    let tenant: TenantID
    let ticket: TicketID
    let task: TicketTaskID
    let finish: TicketTask.Finish

    public init(tenant: TenantID, ticket: TicketID, task: TicketTaskID, finish: TicketTask.Finish) {
        self.tenant = tenant
        self.ticket = ticket
        self.task = task
        self.finish = finish
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(task)
        binder.append(finish.outcome.rawValue)
        binder.append(finish.note)
        binder.append(finish.actor.kind.rawValue)
        binder.append(finish.actor.id)
        binder.append(finish.time)
    }
}
