import Domain
import HTTPTypes
import UseCases

/// `{"agent_id": …, "reason": …}`
struct DeclineOffer: RequestObject {
    static let reason = RequestField("reason", .text(1...1_000), "Why not.")
    static let schema = JSONSchema.object("DeclineOffer", [ClaimTicket.agent.optional, reason.optional], isClosed: true)
    static let isOptional = true

    let agent: AgentID?
    let reason: String?

    init?(from reader: inout ObjectReader) {
        agent = reader.optional(ClaimTicket.agent)
        reason = reader.optional(Self.reason)
    }
}

/// Tickets that agents are asked to take (routing.md G).
enum OfferEndpoints {
    static let accept = TicketEndpoints.Command<ClaimTicket>(
        command: "acceptTicketOffer",
        "offer/accept",
        summary: "Takes an offered ticket",
        description: "Only by the agent who was asked, and in time; 409 names who has it now.",
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let decline = TicketEndpoints.Command<DeclineOffer>(
        command: "declineTicketOffer",
        "offer/decline",
        summary: "Declines an offered ticket",
        description: "It is offered to somebody else, and not to this agent again in this round.",
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let list = Endpoint<DirectoryPath<AgentContent>, PageQuery, NoBody, Page<TicketResource>>(
        "listAgentOffers",
        .get,
        "/v1/agents/{agent_id}/offers",
        tag: "agents",
        summary: "Lists the tickets that are offered to an agent now, the first to expire first",
        scope: .ticketsRead,
        problems: [.unavailable]
    )

    static let operations = [accept.operation, decline.operation, list.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(accept) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            return try await call.command(on: call.path.id, environment) {
                try await environment.tickets.acceptOffer($0, by: agent)
            }
        }
        routes.add(decline) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            return try await call.command(on: call.path.id, environment) {
                try await environment.tickets.declineOffer($0, by: agent, reason: call.body.reason)
            }
        }
        routes.add(list) { call in
            let page = call.query.page
            let tickets = try await environment.ticketQueries.offers(
                to: call.path.id,
                in: call.principal.tenantID,
                after: page.afterTime(Entity.Ticket.self).map { (expiresAt: $0.time, id: $0.id) },
                limit: page.limit + 1
            )
            return .ok(try Page(rows: tickets, of: page, cursor: { Cursor($0.offer?.expiresAt ?? $0.updatedAt, $0.id) }) { TicketResource($0) })
        }
    }
}
