import Domain
import Store

/// Writes one change of one ticket: the row, its events and message, the queue, the loads, the timers, the outbox. Everything goes into one transaction.
struct TicketWriter: Sendable {
    let tenant: TenantID
    let environment: UseCaseEnvironment
    let configuration: TenantConfiguration

    /// Appends the statements of a change.
    func add(_ change: TicketChange, promises: PromiseChange, to statements: inout StatementList) {
        guard !change.isEmpty else { return }
        if let before = change.before {
            statements.add(UpdateTicket(tenant: tenant, ticket: change.after, expectedVersion: before.version))
        } else {
            statements.add(InsertTicket(tenant: tenant, ticket: change.after))
        }
        statements.add(InsertEvents(tenant: tenant, events: change.events))
        if let message = change.message {
            statements.add(InsertMessage(tenant: tenant, message: message))
        }
        let effects = TicketEffects(of: change, dueAt: promises.nextDueAt, rules: environment.rules, configuration: configuration)
        // Their references lock agents' rows, which edits of agents lock before the loads.
        addProviders(change, to: &statements)
        addRouting(effects, of: change.after, to: &statements)
        promises.add(tenant: tenant, to: &statements)
        if configuration.hasWebhooks {
            statements.add(
                EnqueueWebhooks(
                    tenant: tenant,
                    events: change.events,
                    time: change.after.updatedAt,
                    traceparent: RequestTrace.current?.parent,
                    tracestate: RequestTrace.current?.state
                )
            )
        }
    }

    /// Tells the engines, after the commit.
    func wake(_ change: TicketChange, promises: PromiseChange) {
        for channel in channels(of: change, promises: promises) { environment.wakeUps.send(channel) }
    }

    /// Whom the change's commit concerns, the most urgent first.
    func channels(of change: TicketChange, promises: PromiseChange) -> [WakeUpChannel] {
        guard !change.isEmpty else { return [] }
        let effects = TicketEffects(of: change, dueAt: promises.nextDueAt, rules: environment.rules, configuration: configuration)
        var channels: [WakeUpChannel] = []
        if case .put = effects.queue {
            channels.append(.routing)
        } else if !effects.agentsWithRoom.isEmpty {
            channels.append(.routing)
        }
        if promises.armsTimer { channels.append(.timers) }
        if configuration.hasWebhooks { channels.append(.outbox) }
        channels.append(.events)
        return channels
    }

    private func addRouting(_ effects: TicketEffects, of ticket: Ticket, to statements: inout StatementList) {
        switch effects.queue {
        case .none:
            break
        case .remove:
            statements.add(DeleteRoutingEntry(tenant: tenant, ticket: ticket.id))
        case .put(let entry):
            statements.add(PutRoutingEntry(tenant: tenant, entry: entry))
            statements.add(SignalQueue(tenant: tenant, queue: entry.queueID, id: environment.identifiers.next()))
        }
        if !effects.loads.isEmpty {
            statements.add(AdjustLoads(tenant: tenant, changes: effects.loads, time: ticket.updatedAt))
        }
        if !effects.agentsWithRoom.isEmpty {
            statements.add(SignalQueuesOfAgents(tenant: tenant, agents: effects.agentsWithRoom, id: environment.identifiers.next()))
        }
    }

    /// What a provider's agent goes on seeing, and what he is paid for (features.md A3.15).
    private func addProviders(_ change: TicketChange, to statements: inout StatementList) {
        guard let before = change.before, let agent = before.assigneeID else { return }
        if change.after.assigneeID != agent {
            statements.add(RecordFormerAgent(tenant: tenant, agent: agent, ticket: before.id))
        }
        let categories = [before.state, change.after.state].map(environment.rules.lifecycle.category(of:))
        if categories[0]?.isUnsolved == true, categories[1] == .solved, let solver = change.after.assigneeID {
            let id: SettlementID = environment.identifiers.next()
            statements.add(RecordSettlement(tenant: tenant, id: id, ticket: before.id, agent: solver, time: change.after.updatedAt))
        }
    }
}
