import Domain
import HTTPTypes
import UseCases

/// What is going on in a queue now.
enum QueueStatusEndpoint {
    static let get = Endpoint<DirectoryPath<QueueContent>, NoQuery, NoBody, QueueStatusResource>(
        "getQueueStatus",
        .get,
        "/v1/queues/{queue_id}/status",
        tag: "queues",
        summary: "Shows what is going on in a queue now",
        description: "How much waits and for how long, which promises are at risk, and who is there to take work.",
        scope: .routingRead,
        problems: [.unavailable]
    )

    static func addRoute(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let queries = environment.directoryQueries
        routes.add(get) { call in
            .ok(QueueStatusResource(queue: call.path.id, status: try await queries.status(of: call.path.id, in: call.principal.tenantID)))
        }
    }
}
