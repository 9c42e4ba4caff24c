import Domain
import HTTPTypes

/// The description of tickets' life cycle.
enum LifecycleEndpoints {
    static let get = Endpoint<NoPath, NoQuery, NoBody, LifecycleResource>(
        "getLifecycle",
        .get,
        "/v1/lifecycle",
        tag: "tickets",
        summary: "Describes the states of a ticket and the moves between them",
        scope: .ticketsRead
    )

    static let operations = [get.operation]

    static func addRoutes(to routes: inout APIRoutes) {
        routes.add(get) { _ in .ok(LifecycleResource(lifecycle: .standard)) }
    }
}
