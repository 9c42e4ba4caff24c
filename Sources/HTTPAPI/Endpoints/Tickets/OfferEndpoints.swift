import Domain
import HTTPTypes
import UseCases

/// `{"agent_id": …, "reason": …}`
struct DeclineOffer: RequestObject {
    static let reason = RequestField("reason", .text(1...1_000), "Why not.")
    static let schema = JSONSchema.object("DeclineOffer", [ClaimTicket.agent.optional, reason.optional], isClosed: true)

    let agent: AgentID?
    let reason: String?

    init?(from reader: inout ObjectReader) {
        agent = reader.optional(ClaimTicket.agent)
        reason = reader.optional(Self.reason)
    }
}

/// Tickets that agents are asked to take (routing.md G).
enum OfferEndpoints {
    static let accept = TicketEndpoints.command(
        ClaimTicket.self,
        "acceptTicketOffer",
        "offer/accept",
        "Takes an offered ticket",
        "Only by the agent who was asked, and in time; 409 names who has it now."
    )
    static let decline = TicketEndpoints.command(
        DeclineOffer.self,
        "declineTicketOffer",
        "offer/decline",
        "Declines an offered ticket",
        "It is offered to somebody else, and not to this agent again in this round."
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
            return try await tagging(call.path.id) {
                try await environment.tickets.acceptOffer(
                    of: call.path.id,
                    by: agent,
                    in: call.principal.tenantID,
                    expectedVersion: try await TicketEndpoints.expectedVersion(
                        call.ifMatch,
                        of: call.path.id,
                        in: call.principal.tenantID,
                        environment
                    ),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(decline) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            return try await tagging(call.path.id) {
                try await environment.tickets.declineOffer(
                    of: call.path.id,
                    by: agent,
                    reason: call.body.reason,
                    in: call.principal.tenantID,
                    expectedVersion: try await TicketEndpoints.expectedVersion(
                        call.ifMatch,
                        of: call.path.id,
                        in: call.principal.tenantID,
                        environment
                    ),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(list) { call in
            let page = call.query.page
            let tickets = try await environment.ticketQueries.offers(
                to: call.path.id,
                in: call.principal.tenantID,
                after: page.afterOffer,
                limit: page.limit + 1
            )
            let cursor = { (ticket: Ticket) in
                Cursor([.integer(ticket.offer?.expiresAt.microseconds ?? 0), .uuid(high: ticket.id.high, low: ticket.id.low)])
            }
            return .ok(try Page(rows: tickets, of: page, cursor: cursor) { TicketResource($0) })
        }
    }
}

extension PageRequest {
    /// The last offer of the page before.
    fileprivate var afterOffer: (expiresAt: Timestamp, id: TicketID)? {
        guard let keys = after?.keys, keys.count == 2, case .integer(let time) = keys[0], case .uuid(let high, let low) = keys[1] else { return nil }
        return (Timestamp(microseconds: time), TicketID(high: high, low: low))
    }
}
