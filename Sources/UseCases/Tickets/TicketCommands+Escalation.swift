public import Domain
import Store

extension TicketCommands {
    /// Somebody takes care: the levels of a run that are for the unacknowledged stop (sla.md, Escalation chains, rule
    /// 4). What has not begun yet cannot be acknowledged.
    ///
    /// - Parameter run: nil: all runs of the ticket that have begun; none is no error then.
    /// - Throws: ``UseCaseError/notFound`` also for a run of another ticket, ``StoreError``; a refusal for a run that is over.
    public func acknowledgeEscalation(
        _ request: TicketRequest,
        run: EscalationRunID? = nil
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            var statements = StatementList()
            let live = statements.add(LoadRuns(tenant: situation.tenant, tickets: [request.ticket]))
            let known = run.map { statements.add(LoadRun(tenant: situation.tenant, ticket: request.ticket, id: $0)) }
            let result = try await situation.transaction.run(statements)
            if let known, try result.first(known) == nil { throw UseCaseError.notFound }
            let begun = try result.rows(live).filter { $0.run.startedAt <= situation.now && (run == nil || $0.id == run) }
            guard run == nil || !begun.isEmpty else { throw TicketRefusal.verb(.escalationOver) }
            return environment.rules.acknowledge(
                situation.ticket,
                runs: begun.map { (id: $0.id, chain: $0.chain) },
                by: request.actor,
                at: situation.now
            )
        }
    }
}
