import Domain
import HTTPTypes
import UseCases

/// Merging and splitting tickets, and what they have to do with each other since (features.md A4.11).
enum MergeEndpoints {
    static let merge = TicketEndpoints.Command<MergeTicket>(
        command: "mergeTicket",
        "merge",
        summary: "Merges a ticket into another",
        description: "It is closed and points to the other (merged_into), where its customer's wait, its followers and its customers go on; its "
            + "clocks, escalations, consultations and bookings end. Its messages stay readable here. 409 where either cannot take part: merged_into or state "
            + "tells why.",
        scope: .ticketsMerge
    )
    static let split = TicketEndpoints.Command<SplitTicket>(
        command: "splitTicket",
        "split",
        summary: "Makes a new ticket of messages of a ticket",
        description: "It begins at the time of the first message, with the same customer (split_from); its clocks count from then. The messages stay "
            + "readable here, too. The answer is the new ticket.",
        scope: .ticketsSplit,
        statuses: [.created]
    )
    static let links = Endpoint<TicketPath, PageQuery, NoBody, Page<TicketLinkResource>>(
        reading: "listTicketLinks",
        "links",
        summary: "Lists the tickets that a ticket went into or came from, and those that went into it or came from it"
    )
    static let requesters = Endpoint<TicketPath, PageQuery, NoBody, Page<RequesterFollowerResource>>(
        reading: "listTicketRequesters",
        "requesters",
        summary: "Lists the customers who wait for a ticket's answers beside its own",
        description: "Those whose tickets were merged into it."
    )

    static let operations = [merge.operation, split.operation, links.operation, requesters.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(merge) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.merge($0, into: call.body.target)
            }
        }
        routes.add(split) { call in
            try await call.command(on: call.path.id, environment, answer: { .created($0) }) {
                try await environment.tickets.split($0, call.body.request, profile: call.principal.intake)
            }
        }
        routes.add(links) { call in
            try await call.page(id: \.ticket, item: { TicketLinkResource(link: $0) }) { after, limit in
                try await environment.ticketQueries.links(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(requesters) { call in
            try await call.page(id: \.requester, item: { RequesterFollowerResource(follower: $0) }) { after, limit in
                try await environment.ticketQueries.requesters(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
    }
}
