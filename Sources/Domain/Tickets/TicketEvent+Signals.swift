extension TicketEvent {
    /// What this event means to the ticket's clocks, in order (sla.md, Timers).
    ///
    /// - Parameter lifecycle: gives the category and the stage of each state.
    public func signals(lifecycle: Lifecycle) -> [SLASignal] {
        switch payload {
        case .created(let created):
            return signals(ofCreation: created, lifecycle: lifecycle)
        case .updated(let updated):
            var kinds: [SLASignal.Kind] = []
            if updated.before.priority != updated.after.priority { kinds.append(.priorityChanged(updated.after.priority)) }
            if updated.before.groupID != updated.after.groupID { kinds.append(.groupAssigned(updated.after.groupID)) }
            if updated.before.organizationID != updated.after.organizationID { kinds.append(.organizationChanged(updated.after.organizationID)) }
            return (kinds + ownAction).map { SLASignal(at: at, $0) }
        case .organizationChanged(let change):
            return [SLASignal(at: at, .organizationChanged(change.to))]
        case .stateChanged(let change):
            // A merge cancels the clocks; it meets none by closing the ticket (sla.md, Merge).
            guard change.cause != .merge else { return [] }
            guard let category = lifecycle.category(of: change.to) else { return [] }
            let entered: [SLASignal.Kind] = [
                .stateEntered(category, name: change.to.rawValue), .stageEntered(lifecycle.stage(of: change.to)),
            ]
            return (entered + ownAction).map { SLASignal(at: at, $0) }
        case .messageAdded(let message):
            return TicketEvent.signal(ofMessageBy: message.author ?? recordedAuthor, isPublic: message.isPublic).map { [SLASignal(at: at, $0)] } ?? []
        case .policyChanged(let change):
            let (keepsRules, followsEdits) = (change.keepsRules ?? false, change.followsEdits ?? false)
            let kind = SLASignal.Kind.policyChanged(change.policy, calendar: change.calendar, keepsRules: keepsRules, followsEdits: followsEdits)
            return [SLASignal(at: change.since ?? at, kind)]
        case .promiseCancelled(let cancelled):
            let (precedesState, followsPolicy) = (cancelled.precedesState ?? false, cancelled.followsPolicy ?? false)
            return [SLASignal(at: at, .cancelConditionMet(precedesState: precedesState, followsPolicy: followsPolicy))]
        case .verb(.merged):
            return [SLASignal(at: at, .merged)]
        case .verb(.absorbed(let absorbed)):
            let absorption = SLASignal.Kind.absorbed(oldestUnanswered: absorbed.oldestUnanswered, honoursPauses: absorbed.honoursPauses ?? false)
            return ([absorption] + ownAction).map { SLASignal(at: at, $0) }
        case .assigned, .unassigned, .verb:
            return ownAction.map { SLASignal(at: at, $0) }
        case .offered, .offerEnded, .offerRoundEnded, .timerWarned, .timerBreached, .escalated, .overflowed, .unroutable, .closingSoon:
            return []
        }
    }

    /// An agent's own doing counts as a touch of the ticket (features.md A5.6).
    private var ownAction: [SLASignal.Kind] {
        actor.kind == .agent ? [.agentAction] : []
    }

    /// Whose message it was in events that do not say so: the actor's.
    private var recordedAuthor: TicketMessage.Author.Kind {
        switch actor.kind {
        case .agent: .agent
        case .requester: .requester
        case .api, .dispatcher, .scheduler, .system: .system
        }
    }

    private func signals(ofCreation created: Created, lifecycle: Lifecycle) -> [SLASignal] {
        let start = created.occurredAt ?? at
        let isSplit = created.origin?.kind == .split
        // Whoever splits a ticket is not who asked.
        let isAgents = isSplit ? created.origin?.messages.first?.author == .agent : actor.kind == .agent
        var kinds: [SLASignal.Kind] = [
            .created(by: isAgents ? .agent : .customer, importedAt: created.occurredAt == nil ? nil : at),
            .priorityChanged(created.content.priority),
        ]
        if let category = lifecycle.category(of: created.state) { kinds.append(.stateEntered(category, name: created.state.rawValue)) }
        if let stage = lifecycle.stage(of: created.state) { kinds.append(.stageEntered(stage)) }
        if let group = created.content.groupID { kinds.append(.groupAssigned(group)) }
        if let organization = created.content.organizationID { kinds.append(.organizationChanged(organization)) }
        if created.policy != nil { kinds.append(.policyChanged(created.policy, calendar: created.calendar)) }
        return kinds.map { SLASignal(at: start, $0) } + (isSplit ? signals(ofMessages: created.origin?.messages ?? []) : [])
    }

    /// Messages that were carried over, each at its own time. The creation stands for the customer's first one.
    private func signals(ofMessages messages: [TicketOrigin.Message]) -> [SLASignal] {
        messages.enumerated().compactMap { index, message in
            guard let kind = TicketEvent.signal(ofMessageBy: message.author, isPublic: message.isPublic) else { return nil }
            return index == 0 && kind == .customerMessage ? nil : SLASignal(at: message.at, kind)
        }
    }

    private static func signal(ofMessageBy author: TicketMessage.Author.Kind, isPublic: Bool) -> SLASignal.Kind? {
        switch (author, isPublic) {
        case (.agent, true): .agentReply()
        case (.agent, false): .internalNote
        case (.requester, true): .customerMessage
        case (.requester, false), (.system, _): nil
        }
    }
}
