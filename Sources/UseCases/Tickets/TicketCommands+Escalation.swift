public import Domain
import Store

extension TicketCommands {
    /// Somebody takes care: the levels of the ticket's runs that are for the unacknowledged stop (sla.md, Escalation chains, rule 4).
    ///
    /// - Returns: how many runs were acknowledged; 0 where none was live.
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func acknowledgeEscalation(of id: TicketID, in tenant: TenantID) async throws -> Int {
        var first = TenantUnit(tenant)
        let locked = first.add(LockTicket(tenant: tenant, ticket: id))
        return try await environment.database.transaction(first) { transaction, result in
            guard try result.first(locked) != nil else { throw UseCaseError.notFound }
            // Read after the lock: the scheduler may just have fired a level.
            var reading = StatementList()
            let time = reading.add(ReadTime())
            let live = reading.add(LoadRuns(tenant: tenant, tickets: [id]))
            let read = try await transaction.run(reading)
            guard let now = try read.first(time) else { throw UseCaseError.busy }
            let runs = try read.rows(live).compactMap { stored -> StoredRun? in
                var acknowledged = stored
                return acknowledged.run.acknowledge(at: now) ? acknowledged : nil
            }
            guard !runs.isEmpty else { return 0 }
            var statements = StatementList()
            statements.add(PutRuns(tenant: tenant, runs: runs, time: now))
            _ = try await transaction.commit(statements)
            environment.wakeUps.send(.timers)
            return runs.count
        }
    }
}
