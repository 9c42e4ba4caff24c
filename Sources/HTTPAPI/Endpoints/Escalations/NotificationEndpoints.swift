import Domain
import HTTPTypes
import UseCases

/// When and how agents hear, and who hears when nobody else does.
enum NotificationEndpoints {
    typealias AgentPath = DirectoryPath<AgentContent>

    static let get = Endpoint<AgentPath, NoQuery, NoBody, NotificationsResource>(
        "getAgentNotifications",
        .get,
        "/v1/agents/{agent_id}/notifications",
        tag: "agents",
        summary: "Shows when and how an agent hears of escalations",
        scope: .agentsRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let put = Endpoint<AgentPath, NoQuery, PutNotifications, NotificationsResource>(
        "putAgentNotifications",
        .put,
        "/v1/agents/{agent_id}/notifications",
        tag: "agents",
        summary: "Says when and how an agent hears of escalations",
        description: "A notice in quiet hours waits until they end, or comes by the second channel; clocks and levels never wait.",
        scope: .agentsWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let settings = Endpoint<NoPath, NoQuery, NoBody, EscalationSettingsResource>(
        "getEscalationSettings",
        .get,
        "/v1/escalation-settings",
        tag: "escalation-chains",
        summary: "Shows what holds for all escalation chains",
        scope: .policiesRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let putSettings = Endpoint<NoPath, NoQuery, PutEscalationSettings, EscalationSettingsResource>(
        "putEscalationSettings",
        .put,
        "/v1/escalation-settings",
        tag: "escalation-chains",
        summary: "Sets what holds for all escalation chains",
        scope: .policiesWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )

    static let operations = [get.operation, put.operation, settings.operation, putSettings.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(get) { call in
            let settings = try await environment.directoryQueries.notifications(of: call.path.id, in: call.principal.tenantID)
            return .tagged(NotificationsResource(agent: call.path.id, settings: settings))
        }
        routes.add(put) { call in
            let agent = call.path.id
            try await environment.directory.setNotifications(call.body.settings, of: agent, in: call.principal.tenantID) {
                try call.requireMatch(NotificationsResource(agent: agent, settings: $0))
            }
            return .tagged(NotificationsResource(agent: agent, settings: call.body.settings))
        }
        routes.add(settings) { call in
            .tagged(EscalationSettingsResource(fallback: try await environment.directoryQueries.fallbackContact(in: call.principal.tenantID)))
        }
        routes.add(putSettings) { call in
            try await environment.directory.setFallbackContact(call.body.fallback, in: call.principal.tenantID) {
                try call.requireMatch(EscalationSettingsResource(fallback: $0))
            }
            return .tagged(EscalationSettingsResource(fallback: call.body.fallback))
        }
    }
}
