public import Domain
public import Postgres

/// One task of a ticket.
public struct LoadTicketTask: Statement {
    public typealias Row = TicketTask
    public static let sql = "SELECT \(TicketTaskColumns.list) FROM docket.ticket_task WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3"
    let tenant: TenantID
    let ticket: TicketID
    let id: TicketTaskID

    public init(tenant: TenantID, ticket: TicketID, id: TicketTaskID) {
        self.tenant = tenant
        self.ticket = ticket
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketTask {
        try TicketTaskColumns.decode(row)
    }
}

/// A ticket's tasks in the order of their ids after `after`, which is the plan's, those done too, a page at a time.
public struct LoadTicketTasks: Statement {
    public typealias Row = TicketTask
    public static let sql = """
        SELECT \(TicketTaskColumns.list) FROM docket.ticket_task WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let tenant: TenantID
    let ticket: TicketID
    let after: TicketTaskID
    let limit: Int

    public init(tenant: TenantID, ticket: TicketID, after: TicketTaskID, limit: Int) {
        self.tenant = tenant
        self.ticket = ticket
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(after)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketTask {
        try TicketTaskColumns.decode(row)
    }
}

/// The first required tasks of a ticket that are to be done, in their order.
public struct LoadOpenTasks: Statement {
    public typealias Row = OpenTasks.Task
    public static let sql = """
        SELECT id, title FROM docket.ticket_task WHERE tenant_id = $1 AND ticket_id = $2 AND required AND outcome IS NULL
        ORDER BY id LIMIT \(OpenTasks.limit)
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

    public static func decode(_ row: RowView) throws(DecodeError) -> OpenTasks.Task {
        OpenTasks.Task(id: try row.decode(TicketTaskID.self, at: 0), title: try row.decode(String.self, at: 1))
    }
}

private enum TicketTaskColumns {
    static let list = """
        id, ticket_id, playbook_id, playbook_version, title, instructions, required, started_at, due_at, outcome, note, finished_by_kind, \
        finished_by_id, finished_at
        """

    static func decode(_ row: RowView) throws(DecodeError) -> TicketTask {
        var columns = ColumnReader(row)
        return TicketTask(
            id: try columns.next(),
            ticketID: try columns.next(),
            playbookID: try columns.next(),
            playbookVersion: try columns.next(),
            title: try columns.next(),
            instructions: try columns.nextOptional(),
            isRequired: try columns.next(),
            startedAt: try columns.next(),
            dueAt: try columns.nextOptional(),
            finish: try finish(&columns)
        )
    }

    private static func finish(_ columns: inout ColumnReader) throws(DecodeError) -> TicketTask.Finish? {
        let outcome: String? = try columns.nextOptional()
        let note: String? = try columns.nextOptional()
        let kind: String? = try columns.nextOptional()
        let id: ID<Actor>? = try columns.nextOptional()
        let time: Timestamp? = try columns.nextOptional()
        guard let outcome, let kind, let time else { return nil }
        guard let known = TicketTask.Outcome(rawValue: outcome), let actor = Actor.Kind(rawValue: kind) else { throw DecodeError("an unknown code") }
        return TicketTask.Finish(outcome: known, note: note, actor: Actor(kind: actor, id: id), time: time)
    }
}
