/// Contingency plans (features.md A3.16).
extension TicketRules {
    /// Notes what happened to a ticket, with the plans that it starts. Told even where there is no plan: who watches the ticket is to know.
    ///
    /// - Parameters:
    ///   - playbooks: the plans for what happened and the ticket's type.
    ///   - taskCount: how many tasks the ticket has had so far.
    public func report(
        _ trigger: PlaybookTrigger,
        note: String,
        on ticket: Ticket,
        starting playbooks: [Playbook],
        taskCount: Int,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        let added = playbooks.reduce(0) { $0 + $1.content.steps.count }
        guard taskCount + added <= TicketTask.maximumCount else { throw .verb(.tooManyTasks) }
        let reported = TicketEvent.ChangeReported(trigger: trigger, note: note, playbookIDs: playbooks.map(\.id), taskCount: added)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.changeReported(reported))])
    }

    /// Ends a task, also where the ticket is solved by now.
    public func finish(
        _ task: TicketTask,
        of ticket: Ticket,
        as outcome: TicketTask.Outcome,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        if case .closed = lifecycle.category(of: ticket.state) { throw .closed(ticket.state) }
        guard task.finish == nil else { throw .verb(.taskFinished) }
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.taskFinished(TicketEvent.TaskFinished(taskID: task.id, outcome: outcome)))])
    }
}
