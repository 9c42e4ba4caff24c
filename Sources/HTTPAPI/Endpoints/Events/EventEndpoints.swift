import Domain
import HTTPTypes

/// The change feed.
enum EventEndpoints {
    static let feed = Endpoint<NoPath, FeedQuery, NoBody, FeedResource>(
        "listEvents",
        .get,
        "/v1/events",
        tag: "events",
        summary: "Reads what happened to all tickets, in the order of the commits",
        description: """
            Without gaps and duplicates: go on with `next_cursor` for ever. With `wait` the answer comes as soon as there is an event. \
            A provider's agent may get an answer without one that has more: it went past events of others.
            """,
        scope: .eventsRead,
        problems: [.invalidCursor, .cursorExpired, .unavailable],
        timeout: .seconds(40)
    )

    static let operations = [feed.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let reader = FeedReader(queries: environment.ticketQueries, signal: environment.feedSignal)
        routes.add(feed) { call in
            let query = call.query
            let page = try await reader.read(
                of: call.principal.tenantID,
                viewer: call.principal.viewer,
                after: query.position,
                limit: query.limit,
                wait: query.wait,
                in: call.exchange
            )
            return .ok(FeedResource(events: page.events, nextCursor: try query.token(for: page.end), hasMore: page.hasMore))
        }
    }
}
