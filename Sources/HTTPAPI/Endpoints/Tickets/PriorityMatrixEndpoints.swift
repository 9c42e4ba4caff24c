import Domain
import HTTPTypes
import UseCases

/// How priorities follow from impact, urgency and the customer's tier (features.md A2.4).
enum PriorityMatrixEndpoints {
    static let get = Endpoint<NoPath, NoQuery, NoBody, PriorityMatrixResource>(
        "getPriorityMatrix",
        .get,
        "/v1/priority-matrix",
        tag: "tickets",
        summary: "Shows which priority follows from impact, urgency and the customer's tier",
        scope: .policiesRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let put = Endpoint<NoPath, NoQuery, PutPriorityMatrix, PriorityMatrixResource>(
        "putPriorityMatrix",
        .put,
        "/v1/priority-matrix",
        tag: "tickets",
        summary: "Sets which priority follows from impact, urgency and the customer's tier",
        description: "Holds for tickets that are made, and for those whose impact or urgency changes, from then on. Neither another matrix nor "
            + "another tier of an organization changes the priority of tickets that are there.",
        scope: .policiesWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )

    static let operations = [get.operation, put.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let settings = environment.prioritySettings
        routes.add(get) { call in
            .tagged(PriorityMatrixResource(matrix: try await settings.matrix(in: call.principal.tenantID)))
        }
        routes.add(put) { call in
            try await settings.setMatrix(call.body.matrix, in: call.principal.tenantID) { try call.requireMatch(PriorityMatrixResource(matrix: $0)) }
            return .tagged(PriorityMatrixResource(matrix: call.body.matrix))
        }
    }
}
