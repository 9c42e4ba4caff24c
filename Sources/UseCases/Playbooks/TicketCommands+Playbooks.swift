public import Domain
import Store

/// Contingency plans (features.md A3.16).
extension TicketCommands {
    /// Reports what happened to a ticket and starts the plans for it, all in one transaction.
    public func report(
        _ trigger: PlaybookTrigger,
        note: String,
        on id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var reading = StatementList()
            let type = situation.ticket.content.type
            let plans = reading.add(LoadPlaybooksToStart(tenant: tenant, trigger: trigger, ticketType: type))
            let count = reading.add(CountTicketTasks(tenant: tenant, ticket: id))
            let result = try await situation.transaction.run(reading)
            let playbooks = try result.rows(plans)
            let change = try environment.rules.report(
                trigger,
                note: note,
                on: situation.ticket,
                starting: playbooks,
                taskCount: try result.first(count) ?? 0,
                by: actor,
                at: situation.now
            )
            let tasks = TicketTask.tasks(of: playbooks, for: id, at: change.after.updatedAt) { environment.identifiers.next() }
            if !tasks.isEmpty {
                var writing = StatementList()
                writing.add(InsertTicketTasks(tenant: tenant, ticket: id, tasks: tasks))
                _ = try await situation.transaction.run(writing)
            }
            return change
        }
    }

    /// Ends a task of a ticket.
    public func finish(
        _ task: TicketTaskID,
        of id: TicketID,
        as outcome: TicketTask.Outcome,
        note: String?,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var reading = StatementList()
            let handle = reading.add(LoadTicketTask(tenant: tenant, ticket: id, id: task))
            guard let found = try await situation.transaction.run(reading).first(handle) else { throw UseCaseError.notFound }
            let change = try environment.rules.finish(found, of: situation.ticket, as: outcome, by: actor, at: situation.now)
            let finish = TicketTask.Finish(outcome: outcome, note: note, actor: actor, time: change.after.updatedAt)
            var writing = StatementList()
            writing.add(FinishTicketTask(tenant: tenant, ticket: id, task: task, finish: finish))
            _ = try await situation.transaction.run(writing)
            return change
        }
    }
}

extension TicketQueries {
    /// A page of a ticket's tasks in the order of the plans, those done too.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func tasks(of id: TicketID, in tenant: TenantID, after: TicketTaskID?, limit: Int) async throws -> [TicketTask] {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let handle = unit.add(LoadTicketTasks(tenant: tenant, ticket: id, after: after ?? TicketTaskID(high: 0, low: 0), limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }
}
