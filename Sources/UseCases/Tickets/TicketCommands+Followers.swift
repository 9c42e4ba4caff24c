public import Domain
public import Store

/// Who hears of a ticket as its agent does.
extension TicketCommands {
    /// Lets an agent follow a ticket; who follows already stays as he is.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)`` where there is no such active agent.
    public func follow(
        _ id: TicketID,
        agent: AgentID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var checks = StatementList()
            let exists = checks.add(AgentExists(tenant: tenant, agent: agent))
            let known = checks.add(LoadFollowers(tenant: tenant, ticket: id, limit: TicketRules.maximumFollowers))
            let result = try await situation.transaction.run(checks)
            guard try result.first(exists) == true else {
                throw UseCaseError.invalid([FieldProblem("/agent_id", code: "unknown_reference", detail: "there is no such active agent")])
            }
            let followers = try result.rows(known).map(\.agent)
            let change = try environment.rules.follow(situation.ticket, agent: agent, followers: followers, by: actor, at: situation.now)
            if !change.events.isEmpty {
                var statements = StatementList()
                statements.add(InsertFollowers(tenant: tenant, followers: [(id, agent)], time: change.after.updatedAt))
                _ = try await situation.transaction.run(statements)
            }
            return change
        }
    }

    /// The agent follows it no more; who does not follow it stays as he is.
    public func unfollow(
        _ id: TicketID,
        agent: AgentID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var checks = StatementList()
            let known = checks.add(LoadFollowers(tenant: tenant, ticket: id, limit: TicketRules.maximumFollowers))
            let followers = try await situation.transaction.run(checks).rows(known).map(\.agent)
            var statements = StatementList()
            statements.add(DeleteFollower(tenant: tenant, ticket: id, agent: agent))
            _ = try await situation.transaction.run(statements)
            return environment.rules.unfollow(situation.ticket, agent: agent, followers: followers, by: actor, at: situation.now)
        }
    }
}

extension TicketQueries {
    /// A page of a ticket's followers in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func followers(of id: TicketID, in tenant: TenantID, after: AgentID? = nil, limit: Int) async throws -> [LoadFollowers.Row] {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let handle = unit.add(LoadFollowers(tenant: tenant, ticket: id, after: after, limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }
}
