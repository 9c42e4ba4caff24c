import Domain
import HTTPTypes
import Store
import UseCases

/// What escalations do for a ticket, who hears of it, and who would be called.
enum EscalationEndpoints {
    static let list = Endpoint<TicketPath, PageQuery, NoBody, Page<EscalationResource>>(
        "listTicketEscalations",
        .get,
        "/v1/tickets/{ticket_id}/escalations",
        tag: "tickets",
        summary: "Lists a ticket's escalations",
        description: "Each with its levels, what fired, and what is to come when.",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let acknowledge = Endpoint<EscalationPath, NoQuery, NoBody, TicketResource>(
        "acknowledgeTicketEscalation",
        .post,
        "/v1/tickets/{ticket_id}/escalations/{run_id}/ack",
        tag: "tickets",
        summary: "Takes care of an escalation",
        description: "Levels for the unacknowledged stop, until `ack_ttl` is over without a solution. 409 where it is over or has not begun.",
        scope: .ticketsEscalate,
        idempotency: .optional,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.conflict, .unavailable]
    )
    static let followers = Endpoint<TicketPath, PageQuery, NoBody, Page<FollowerResource>>(
        "listTicketFollowers",
        .get,
        "/v1/tickets/{ticket_id}/followers",
        tag: "tickets",
        summary: "Lists who follows a ticket",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let follow = Endpoint<TicketPath, NoQuery, AddFollower, TicketResource>(
        "addTicketFollower",
        .post,
        "/v1/tickets/{ticket_id}/followers",
        tag: "tickets",
        summary: "Lets an agent follow a ticket",
        description: "A follower is told of its escalations as its agent is. Adding one again changes nothing.",
        scope: .ticketsWrite,
        idempotency: .optional,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.conflict, .unavailable]
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
            let page = call.query.page
            let rows = try await environment.escalations.runs(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.after(Entity.EscalationRun.self),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.stored.id) }) { EscalationResource($0) })
        }
        routes.add(acknowledge) { call in
            try await tagging(call.path.ticket) {
                try await environment.tickets.acknowledgeEscalation(
                    call.path.id,
                    of: call.path.ticket,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.ticket, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(onCall) { call in
            .ok(OnCallResource(report: try await environment.onCall.report(of: call.principal.tenantID, at: call.query.time)))
        }
        addFollowers(to: &routes, environment)
    }

    private static func addFollowers(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(followers) { call in
            let page = call.query.page
            let rows = try await environment.ticketQueries.followers(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.after(Entity.Agent.self),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.agent) }) { FollowerResource(follower: $0) })
        }
        routes.add(follow) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.follow(
                    call.path.id,
                    agent: call.body.agent,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(unfollow) { call in
            try await tagging(call.path.ticket) {
                _ = try await environment.tickets.unfollow(
                    call.path.ticket,
                    agent: call.path.agent,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.ticket, environment)
                )
                return .noContent
            }
        }
    }
}
