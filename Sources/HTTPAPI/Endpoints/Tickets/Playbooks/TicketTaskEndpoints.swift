import Domain
import HTTPTypes
import UseCases

/// What happens to a ticket, and the tasks that contingency plans bring to it (features.md A3.16).
enum TicketTaskEndpoints {
    static let report = TicketEndpoints.Command<ReportChange>(
        command: "reportTicketChange",
        "changes",
        summary: "Reports that what is wanted has changed, or that it will come later",
        description: "Starts the active playbooks for it that are for the ticket's type, at most \(PlaybookContent.startLimit) in the order of "
            + "their names: the ticket gets their tasks. 409 where it would have more than \(TicketTask.maximumCount)."
    )
    static let list = Endpoint<TicketPath, PageQuery, NoBody, Page<TicketTaskResource>>(
        "listTicketTasks",
        .get,
        "/v1/tickets/{ticket_id}/tasks",
        tag: "tickets",
        summary: "Lists a ticket's tasks in the order of the plans, those done too",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let finish = Endpoint<TicketTaskPath, NoQuery, FinishTask, TicketResource>(
        command: "finishTicketTask",
        "tasks/{task_id}/finish",
        summary: "Ends a task"
    )

    static let operations = [report.operation, list.operation, finish.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(report) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.report($0, of: call.body.trigger, note: call.body.note)
            }
        }
        routes.add(list) { call in
            let page = call.query.page
            let rows = try await environment.ticketQueries.tasks(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.after(Entity.TicketTask.self),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.id) }) { TicketTaskResource($0) })
        }
        routes.add(finish) { call in
            try await call.command(on: call.path.ticket, environment) {
                try await environment.tickets.finish($0, task: call.path.id, as: call.body.outcome, note: call.body.note)
            }
        }
    }
}
