import Domain
import Store

extension Doctor {
    func drift(of tenant: TenantID, limit: Int) -> LoadDrift {
        LoadDrift(tenant: tenant, states: loadedStates, waiting: waitingStates, limit: limit)
    }

    /// Computes loads anew for the agents who differ, and lets dispatchers look at the queues of those who may have room now.
    func repairLoads(of tenant: TenantID, _ count: inout Int) async throws {
        var written = 1
        while written > 0 {
            let drifted = try await database.rows(drift(of: tenant, limit: Self.page), of: tenant).filter {
                $0.stored != nil
            }
            guard !drifted.isEmpty else { return }
            let agents = drifted.map(\.agent)
            var unit = TenantUnit(tenant)
            unit.add(LockLoadRows(tenant: tenant, agents: agents))
            let computed = unit.add(RecomputeLoads(tenant: tenant, agents: agents, states: loadedStates, waiting: waitingStates))
            unit.add(SignalQueuesOfAgents(tenant: tenant, agents: agents, id: environment.identifiers.next()))
            written = try await database.run(unit).affected(computed)
            count += written
        }
    }

    /// Gives waiting tickets the entry that a command would give them, and takes away those of tickets that do not wait.
    func repairRouting(of tenant: TenantID, _ count: inout Int) async throws {
        var written = 1
        while written > 0 {
            let faults = try await database.rows(RoutingFaults(tenant: tenant, limit: Self.page), of: tenant).filter { $0.fault != .stranded }
            guard !faults.isEmpty else { break }
            let tickets = faults.map(\.ticket)
            written = try await environment.configurations.withConfiguration(of: tenant) { configuration in
                try await writeEntries(of: tickets, configuration: configuration)
            }
            count += written
        }
        var position: TicketID?
        repeat {
            let (wrong, end) = try await wrongEntries(of: tenant, after: position, limit: Self.page)
            let tickets = wrong.map(\.ticket)
            if !tickets.isEmpty {
                count += try await environment.configurations.withConfiguration(of: tenant) { configuration in
                    try await writeEntries(of: tickets, configuration: configuration)
                }
            }
            position = end
        } while position != nil
    }

    private func writeEntries(of tickets: [TicketID], configuration: TenantConfiguration) async throws -> Int {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockTickets(tenant: tenant, tickets: tickets))
        let ledgers = first.add(LoadLedgers(tenant: tenant, tickets: tickets))
        return try await database.transaction(first) { transaction, result in
            let found = Dictionary(try result.rows(locked).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let due = Dictionary(try result.rows(ledgers).map { ($0.ticket, $0.ledger?.nextDueAt) }, uniquingKeysWith: { first, _ in first })
            var statements = StatementList()
            var deletions: [StatementHandle<DeleteRoutingEntry>] = []
            var entries: [RoutingEntry] = []
            for id in tickets {
                if let ticket = found[id], ticket.isWaitingForAgent {
                    // A queue that the configuration does not know: its ticket cannot be repaired here.
                    guard let entry = RoutingEntry(waiting: ticket, dueAt: due[id] ?? nil, configuration: configuration) else { continue }
                    entries.append(entry)
                } else {
                    deletions.append(statements.add(DeleteRoutingEntry(tenant: tenant, ticket: id)))
                }
            }
            for entry in entries { statements.add(PutRoutingEntry(tenant: tenant, entry: entry)) }
            for queue in Set(entries.map(\.queueID)) {
                statements.add(SignalQueue(tenant: tenant, queue: queue, id: environment.identifiers.next()))
            }
            guard !statements.isEmpty else { return 0 }
            let done = try await transaction.commit(statements)
            return entries.count + deletions.reduce(0) { $0 + done.affected($1) }
        }
    }
}
