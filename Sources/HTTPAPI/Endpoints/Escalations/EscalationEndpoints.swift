import Domain
import HTTPTypes
import UseCases

/// What escalations do for a ticket, who hears of it, and who would be called.
enum EscalationEndpoints {
    static let list = Endpoint<TicketPath, PageQuery, NoBody, Page<EscalationResource>>(
        reading: "listTicketEscalations",
        "escalations",
        summary: "Lists a ticket's escalations",
        description: "Each with its levels, what fired, and what is to come when."
    )
    static let acknowledge = Endpoint<EscalationPath, NoQuery, NoBody, TicketResource>(
        command: "acknowledgeTicketEscalation",
        "escalations/{run_id}/ack",
        summary: "Takes care of an escalation",
        description: "Levels for the unacknowledged stop, until `ack_ttl` is over without a solution. 409 where it is over or has not begun.",
        scope: .ticketsEscalate
    )
    static let followers = Endpoint<TicketPath, PageQuery, NoBody, Page<FollowerResource>>(
        reading: "listTicketFollowers",
        "followers",
        summary: "Lists who follows a ticket"
    )
    static let follow = TicketEndpoints.Command<AddFollower>(
        command: "addTicketFollower",
        "followers",
        summary: "Lets an agent follow a ticket",
        description: "A follower is told of its escalations as its agent is. Adding one again changes nothing."
    )
    static let unfollow = Endpoint<FollowerPath, NoQuery, NoBody, NoContent>(
        "removeTicketFollower",
        .delete,
        "/v1/tickets/{ticket_id}/followers/{agent_id}",
        tag: "tickets",
        summary: "Ends an agent's following of a ticket",
        scope: .ticketsWrite,
        acceptsIfMatch: true,
        statuses: [.noContent],
        problems: [.unavailable]
    )
    static let onCall = Endpoint<NoPath, OnCallQuery, NoBody, OnCallResource>(
        "getOnCall",
        .get,
        "/v1/oncall",
        tag: "escalation-chains",
        summary: "Shows who would be called",
        description: "By each rota, as head of each group, and by each level of each chain, with the reason.",
        scope: .policiesRead,
        problems: [.unavailable]
    )

    static let operations = [
        list.operation, acknowledge.operation, followers.operation, follow.operation, unfollow.operation, onCall.operation,
    ]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(list) { call in
            try await call.page(id: \.stored.id, item: { EscalationResource($0) }) { after, limit in
                try await environment.escalations.runs(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(acknowledge) { call in
            try await call.command(on: call.path.ticket, environment) {
                try await environment.tickets.acknowledgeEscalation($0, run: call.path.id)
            }
        }
        routes.add(onCall) { call in
            let (tenant, query) = (call.principal.tenantID, call.query)
            let report = try await environment.onCall.report(of: tenant, at: query.time, chain: query.chain.map { .id($0) })
            return .ok(OnCallResource(report: report))
        }
        addFollowers(to: &routes, environment)
    }

    private static func addFollowers(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(followers) { call in
            try await call.page(id: \.agent, item: { FollowerResource(follower: $0) }) { after, limit in
                try await environment.ticketQueries.followers(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(follow) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.follow($0, agent: call.body.agent)
            }
        }
        routes.add(unfollow) { call in
            try await call.command(on: call.path.ticket, environment, answer: { _ in .noContent }) {
                try await environment.tickets.unfollow($0, agent: call.path.agent)
            }
        }
    }
}
