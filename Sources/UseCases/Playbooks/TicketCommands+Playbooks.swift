public import Domain
import Store

/// Contingency plans (features.md A3.16).
extension TicketCommands {
    /// Reports what happened to a ticket and starts the plans for it, all in one transaction.
    public func report(_ request: TicketRequest, of trigger: PlaybookTrigger, note: String) async throws -> CommandOutcome {
        try await change(request) { situation in
            let (tenant, ticket) = (situation.tenant, situation.ticket)
            let plans = LoadPlaybooksToStart(tenant: tenant, trigger: trigger, ticketType: ticket.content.type)
            let playbooks = try await situation.transaction.rows(of: plans)
            let change = try environment.rules.report(
                trigger,
                note: note,
                on: ticket,
                starting: playbooks,
                by: request.actor,
                at: situation.now
            )
            let tasks = TicketTask.tasks(of: playbooks, for: ticket.id, at: change.after.updatedAt) { environment.identifiers.next() }
            if !tasks.isEmpty { try await situation.transaction.run(InsertTicketTasks(tenant: tenant, tasks: tasks)) }
            return change
        }
    }

    /// Ends a task of a ticket.
    public func finish(
        _ request: TicketRequest,
        task: TicketTaskID,
        as outcome: TicketTask.Outcome,
        note: String?
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            let (tenant, id) = (situation.tenant, request.ticket)
            guard let found = try await situation.transaction.first(of: LoadTicketTask(tenant: tenant, ticket: id, id: task)) else {
                throw UseCaseError.notFound
            }
            let change = try environment.rules.finish(found, of: situation.ticket, as: outcome, by: request.actor, at: situation.now)
            let finish = TicketTask.Finish(outcome: outcome, note: note, actor: request.actor, time: change.after.updatedAt)
            try await situation.transaction.run(FinishTicketTask(tenant: tenant, ticket: id, task: task, finish: finish))
            return change
        }
    }
}

extension TicketQueries {
    /// A page of a ticket's tasks in the order of the plans, those done too.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func tasks(of id: TicketID, in tenant: TenantID, after: TicketTaskID?, limit: Int) async throws -> [TicketTask] {
        let page = LoadTicketTasks(tenant: tenant, ticket: id, after: after ?? TicketTaskID(high: 0, low: 0), limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }
}
