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
            let known = checks.add(LoadFollowing(tenant: tenant, ticket: id, agent: agent))
            let result = try await situation.transaction.run(checks)
            guard try result.first(exists) == true else {
                throw UseCaseError.invalid([.unknown("active agent", at: "/agent_id")])
            }
            let following = try result.first(known)
            let change = try environment.rules.follow(
                situation.ticket,
                agent: agent,
                isFollowing: following?.isFollowing ?? false,
                count: following?.count ?? 0,
                by: request.actor,
                at: situation.now
            )
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
            let following = try await situation.transaction.first(of: LoadFollowing(tenant: tenant, ticket: id, agent: agent))
            guard following?.isFollowing == true else { return .unchanged(situation.ticket) }
            try await situation.transaction.run(DeleteFollower(tenant: tenant, ticket: id, agent: agent))
            return environment.rules.unfollow(situation.ticket, agent: agent, by: request.actor, at: situation.now)
        }
    }
}
