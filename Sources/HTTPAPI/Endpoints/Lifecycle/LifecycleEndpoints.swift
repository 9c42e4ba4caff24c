import Domain
import HTTPTypes
import UseCases

/// The description of tickets' life cycle, and when they move on by themselves.
enum LifecycleEndpoints {
    static let get = Endpoint<NoPath, NoQuery, NoBody, LifecycleResource>(
        "getLifecycle",
        .get,
        "/v1/lifecycle",
        tag: "tickets",
        summary: "Describes the states of a ticket and the moves between them",
        scope: .ticketsRead
    )
    static let getSettings = Endpoint<NoPath, NoQuery, NoBody, LifecycleSettingsResource>(
        "getLifecycleSettings",
        .get,
        "/v1/lifecycle/settings",
        tag: "tickets",
        summary: "Shows when tickets move on by themselves",
        scope: .policiesRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let putSettings = Endpoint<NoPath, NoQuery, PutLifecycleSettings, LifecycleSettingsResource>(
        "putLifecycleSettings",
        .put,
        "/v1/lifecycle/settings",
        tag: "tickets",
        summary: "Sets when tickets move on by themselves",
        description: "Holds for tickets that were resolved or closed before, too. Schedulers look once an hour.",
        scope: .policiesWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )

    static let operations = [get.operation, getSettings.operation, putSettings.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let lifecycle = environment.lifecycle
        routes.add(get) { _ in .ok(LifecycleResource(lifecycle: .standard)) }
        routes.add(getSettings) { call in
            .tagged(LifecycleSettingsResource(settings: try await lifecycle.settings(in: call.principal.tenantID)))
        }
        routes.add(putSettings) { call in
            try await lifecycle.set(call.body.settings, in: call.principal.tenantID) {
                try call.requireMatch(LifecycleSettingsResource(settings: $0))
            }
            return .tagged(LifecycleSettingsResource(settings: call.body.settings))
        }
    }
}
