public import Domain
import Store

/// Who hears of a ticket as its agent does.
extension TicketCommands {
    /// Lets an agent follow a ticket; who follows already stays as he is.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)`` where there is no such active agent.
    public func follow(_ request: TicketRequest, agent: AgentID) async throws -> CommandOutcome {
        try await change(request) { situation in
            let (tenant, id) = (situation.tenant, request.ticket)
            var checks = StatementList()
            let exists = checks.add(AgentExists(tenant: tenant, agent: agent))
            let known = checks.add(LoadFollowers(tenant: tenant, ticket: id, limit: TicketRules.maximumFollowers))
            let result = try await situation.transaction.run(checks)
            guard try result.first(exists) == true else {
                throw UseCaseError.invalid([.unknown("active agent", at: "/agent_id")])
            }
            let followers = try result.rows(known).map(\.agent)
            let change = try environment.rules.follow(situation.ticket, agent: agent, followers: followers, by: request.actor, at: situation.now)
            if !change.isEmpty {
                try await situation.transaction.run(InsertFollowers(tenant: tenant, followers: [(id, agent)], time: change.after.updatedAt))
            }
            return change
        }
    }

    /// The agent follows it no more; who does not follow it stays as he is.
    public func unfollow(_ request: TicketRequest, agent: AgentID) async throws -> CommandOutcome {
        try await change(request) { situation in
            let (tenant, id) = (situation.tenant, request.ticket)
            let known = LoadFollowers(tenant: tenant, ticket: id, limit: TicketRules.maximumFollowers)
            let followers = try await situation.transaction.rows(of: known).map(\.agent)
            try await situation.transaction.run(DeleteFollower(tenant: tenant, ticket: id, agent: agent))
            return environment.rules.unfollow(situation.ticket, agent: agent, followers: followers, by: request.actor, at: situation.now)
        }
    }
}
