public import Domain
import Store

/// What the history tells of old decisions: nothing of it is worked out anew.
extension RoutingExplanations {
    /// Who was asked to take the ticket since its last assignment, or before the one that is asked about since the one before it; nil where nobody was.
    ///
    /// - Parameter assignment: as with ``explain(_:in:asOfNow:assignment:)``; nil for the present, or the last one of a ticket that is assigned.
    /// - Throws: ``StoreError``.
    public func offers(of id: TicketID, in tenant: TenantID, assignment: Int? = nil) async throws -> OfferRounds? {
        var before = assignment
        if before == nil {
            var unit = TenantUnit(tenant)
            let ticket = unit.add(LoadTicket(tenant: tenant, ticket: id))
            let last = unit.add(LoadLastAssignment(tenant: tenant, ticket: id))
            let result = try await environment.database.run(unit)
            if let ticket = try result.first(ticket), ticket.assigneeID != nil { before = try result.first(last)?.sequence }
        }
        let events = try await environment.database.rows(LoadOfferEvents(tenant: tenant, ticket: id, before: before), of: tenant)
        let told = events.suffix(LoadOfferEvents.limit)
        guard told.count < events.count, let first = told.first else { return OfferRounds(told) }
        // What is not told may have ended rounds. The history does not change between the two looks.
        let over = try await environment.database.first(LoadRoundsOver(tenant: tenant, ticket: id, before: first.sequence), of: tenant)
        return OfferRounds(told, after: over ?? 0)
    }

    func recorded(_ event: TicketEvent, of id: TicketID, in tenant: TenantID, now: CurrentRouting?) async throws -> TicketRoutingExplanation {
        guard case .assigned(let assigned) = event.payload else { throw UseCaseError.notFound }
        let decision =
            assigned.cause == .offer
            ? try await offeredDecision(to: assigned.agentID, of: id, before: event.sequence, in: tenant)
            : try await decision(step: assigned.step, rank: assigned.rank, others: assigned.others, in: tenant)
        return .assigned(AssignedRouting(sequence: event.sequence, at: event.at, assigned: assigned, decision: decision, now: now))
    }

    /// Why the ticket was offered to an agent.
    ///
    /// - Parameter sequence: looks at what was before this event; nil for the last.
    func offeredDecision(to agent: AgentID, of id: TicketID, before sequence: Int?, in tenant: TenantID) async throws -> RecordedDecision {
        let events = try await environment.database.rows(LoadOfferEvents(tenant: tenant, ticket: id, before: sequence), of: tenant)
        for event in events.reversed() {
            guard case .offered(let offered) = event.payload, offered.agentID == agent else { continue }
            return try await decision(step: offered.step, rank: offered.rank, others: offered.others, in: tenant)
        }
        return RecordedDecision(step: nil, rank: nil, others: nil)
    }

    private func decision(step: Int?, rank: String?, others: String?, in tenant: TenantID) async throws -> RecordedDecision {
        var names: [SkillID: String] = [:]
        // Nearly never: only agents of small batches are told one by one.
        if others?.contains("!skill:") == true {
            let skills = try await environment.database.rows(LoadSkillKeys(tenant: tenant), of: tenant)
            names = Dictionary(skills.map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
        }
        let seen = others.flatMap { RoutingOthers($0) { names[$0] ?? $0.description } }
        return RecordedDecision(step: step, rank: rank, others: seen)
    }
}
