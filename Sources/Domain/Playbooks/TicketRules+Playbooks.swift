/// Contingency plans (features.md A3.16).
extension TicketRules {
    /// Notes what happened to a ticket, with the plans that it starts. Told even where there is no plan: who watches the ticket is to know.
    ///
    /// - Parameter playbooks: the plans for what happened and the ticket's type.
    public func report(
        _ trigger: PlaybookTrigger,
        note: String,
        on ticket: Ticket,
        starting playbooks: [Playbook],
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnsolved(ticket)
        let reported = TicketEvent.ChangeReported(trigger, note: note, starting: playbooks)
        guard ticket.attention.taskCount + reported.taskCount <= TicketTask.maximumCount else { throw .verb(.tooManyTasks) }
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.changeReported(reported))])
    }

    /// What thresholds that were passed just now start: for each missed target the plans for its metric and the ticket's type, in the order of their names and
    /// as far as the ticket has room for their tasks. A threshold is recorded once, and so is what it starts. Who is solved needs no plan any more.
    ///
    /// - Parameter playbooks: the active plans for breaches, in the order of their names.
    public func start(_ playbooks: [Playbook], after firings: [SLAFiring], on ticket: Ticket) -> [PlaybookStart] {
        guard !playbooks.isEmpty, lifecycle.category(of: ticket.state)?.isUnsolved == true else { return [] }
        var room = TicketTask.maximumCount - ticket.attention.taskCount
        return firings.compactMap { firing -> PlaybookStart? in
            var started: [Playbook] = []
            for playbook in playbooks where started.count < PlaybookContent.startLimit {
                let content = playbook.content
                guard content.isStarted(by: firing), content.isFor(ticketType: ticket.content.type), content.steps.count <= room else { continue }
                room -= content.steps.count
                started.append(playbook)
            }
            return started.isEmpty ? nil : PlaybookStart(breach: firing, playbooks: started)
        }
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
        let finished = TicketEvent.TaskFinished(taskID: task.id, outcome: outcome, isRequired: task.isRequired ? true : nil)
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.taskFinished(finished))])
    }

    /// What a plan asks for is done before the ticket is solved, closed or merged away, whoever wants that (features.md A4.7).
    func requireTasksDone(_ ticket: Ticket) throws(TicketRefusal) {
        let open = ticket.attention.openRequiredTasks
        guard open == 0 else { throw .verb(.requiredTasksOpen(OpenTasks(count: open))) }
    }
}
