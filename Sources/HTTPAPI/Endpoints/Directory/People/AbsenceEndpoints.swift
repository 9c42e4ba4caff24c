import Domain
import HTTPTypes
import UseCases

/// When agents are not there, known beforehand (features.md A3.13).
enum AbsenceEndpoints {
    static let create = Endpoint<DirectoryPath<AgentContent>, NoQuery, CreateAbsence, AbsenceResource>(
        "createAbsence",
        .post,
        "/v1/agents/{agent_id}/absences",
        tag: "agents",
        summary: "Records an absence of an agent",
        description: "While it runs routing gives the agent nothing; when it begins his tickets go back into their queues.",
        scope: .agentsWrite,
        idempotency: .optional,
        statuses: [.created],
        problems: [.unavailable]
    )
    static let list = Endpoint<DirectoryPath<AgentContent>, PageQuery, NoBody, Page<AbsenceResource>>(
        "listAbsences",
        .get,
        "/v1/agents/{agent_id}/absences",
        tag: "agents",
        summary: "Lists an agent's absences, past and cancelled ones too",
        scope: .agentsRead,
        problems: [.unavailable]
    )
    static let get = Endpoint<AbsencePath, NoQuery, NoBody, AbsenceResource>(
        "getAbsence",
        .get,
        "/v1/agents/{agent_id}/absences/{absence_id}",
        tag: "agents",
        summary: "Shows an absence",
        scope: .agentsRead,
        problems: [.unavailable]
    )
    static let cancel = Endpoint<AbsencePath, NoQuery, NoBody, NoContent>(
        "cancelAbsence",
        .delete,
        "/v1/agents/{agent_id}/absences/{absence_id}",
        tag: "agents",
        summary: "Takes an absence back, or ends it where it runs",
        description: "The record stays, with the time in cancelled_at. May be repeated; 409 where the absence is over.",
        scope: .agentsWrite,
        statuses: [.noContent],
        problems: [.conflict, .unavailable]
    )

    static let operations = [create.operation, list.operation, get.operation, cancel.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let (commands, queries) = (environment.directory, environment.directoryQueries)
        routes.add(create) { call in
            let answer: @Sendable (AbsenceRecord) -> Reply<AbsenceResource> = { absence in
                let resource = AbsenceResource(absence)
                return .created(resource, location: resource.location)
            }
            return try await commands.createAbsence(
                call.body.absence,
                of: call.path.id,
                in: call.principal.tenantID,
                by: call.principal.actor,
                idempotency: call.idempotency?.write(answer)
            ).reply(answer)
        }
        routes.add(list) { call in
            try await call.page(id: \.id, item: { AbsenceResource($0) }) { after, limit in
                try await queries.absences(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(get) { call in
            .ok(AbsenceResource(try await queries.absence(call.path.id, of: call.path.agent, in: call.principal.tenantID)))
        }
        routes.add(cancel) { call in
            try await commands.cancelAbsence(call.path.id, of: call.path.agent, in: call.principal.tenantID)
            return .noContent
        }
    }
}
