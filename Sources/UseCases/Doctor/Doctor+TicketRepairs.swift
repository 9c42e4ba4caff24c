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

    /// Gives waiting tickets the entry that a command would give them, and takes away those of tickets that do not wait. Both looks go once over the tickets:
    /// an entry that writing does not put right is left, and keeps no other's from being found.
    ///
    /// - Returns: of how many tickets the entry is still wrong, or missing; those are counted up to the number of findings.
    func repairRouting(of tenant: TenantID, _ count: inout Int) async throws -> Int {
        var isFine = true
        var position: TicketID?
        repeat {
            let faults = try await database.rows(RoutingFaults(tenant: tenant, after: position, limit: Self.page), of: tenant)
            let tickets = faults.filter { $0.fault != .stranded }.map(\.ticket)
            isFine = isFine && tickets.isEmpty
            count += try await writeEntries(of: tickets, in: tenant)
            position = faults.count == Self.page ? tickets.last : nil
        } while position != nil
        repeat {
            let (wrong, end) = try await wrongEntries(of: tenant, after: position, limit: Self.page)
            isFine = isFine && wrong.isEmpty
            count += try await writeEntries(of: wrong.map(\.ticket), in: tenant)
            position = end
        } while position != nil
        return isFine ? 0 : try await entryFaults(of: tenant).count { $0.fault != .stranded }
    }

    /// What is wrong with a tenant's entries, each ticket once.
    func entryFaults(of tenant: TenantID) async throws -> [RoutingFaults.Row] {
        let faults = try await database.rows(RoutingFaults(tenant: tenant, limit: Self.findingsPerTenant), of: tenant)
        let known = Set(faults.map(\.ticket))
        let wrong = try await wrongEntries(of: tenant, limit: Self.findingsPerTenant).wrong.filter { !known.contains($0.ticket) }
        return faults + wrong.map { RoutingFaults.Row(fault: .stale, ticket: $0.ticket, number: $0.number) }
    }

    private func writeEntries(of tickets: [TicketID], in tenant: TenantID) async throws -> Int {
        guard !tickets.isEmpty else { return 0 }
        return try await environment.configurations.withConfiguration(of: tenant) { try await writeEntries(of: tickets, configuration: $0) }
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
