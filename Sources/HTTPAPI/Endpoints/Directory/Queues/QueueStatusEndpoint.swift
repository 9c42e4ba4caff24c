import Domain
import HTTPTypes
import UseCases

/// What is going on in a queue now.
enum QueueStatusEndpoint {
    static let get = Endpoint<DirectoryPath<QueueContent>, QueueStatusQuery, NoBody, QueueStatusResource>(
        "getQueueStatus",
        .get,
        "/v1/queues/{queue_id}/status",
        tag: "queues",
        summary: "Shows what is going on in a queue now",
        description: "How much waits and for how long, which promises are at risk, who is there to take work, and how many more it would take.",
        scope: .routingRead,
        problems: [.unavailable]
    )

    static func addRoute(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let queries = environment.directoryQueries
        routes.add(get) { call in
            let status = try await queries.status(of: call.path.id, in: call.principal.tenantID)
            let staffing = QueueStaffing(status, above: call.query.staffingLimit)
            return .ok(QueueStatusResource(queue: call.path.id, status: status, staffing: staffing))
        }
    }
}

/// How a queue is looked at.
struct QueueStatusQuery: QueryParameters {
    static let staffingLimit = QueryField(
        "staffing_above_percent",
        .integer(QueueStaffing.percentRange),
        "More agents are suggested where more waits than so many percent of the capacity online; \(QueueStaffing.standardPercent) unless given."
    )
    static let parameters = [staffingLimit.parameter]

    let staffingLimit: Int

    init?(from reader: inout QueryReader) {
        staffingLimit = reader.value(Self.staffingLimit) ?? QueueStaffing.standardPercent
    }
}
