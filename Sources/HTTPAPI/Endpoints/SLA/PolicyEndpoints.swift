import Domain
import HTTPTypes
import UseCases

/// What surrounds SLA policies: their versions, what an edit would do, what is odd about them, and how far the last edit has reached the tickets.
enum PolicyEndpoints {
    static let versions = Endpoint<DirectoryPath<SLAPolicyContent>, PageQuery, NoBody, Page<PolicyVersionResource>>(
        "listSLAPolicyVersions",
        .get,
        "/v1/sla-policies/{sla_policy_id}/versions",
        tag: "sla-policies",
        summary: "Lists the versions of an SLA policy, the oldest first",
        scope: .policiesRead,
        problems: [.unavailable]
    )
    static let delete = Endpoint<DirectoryPath<SLAPolicyContent>, NoQuery, NoBody, NoContent>(
        "deleteSLAPolicy",
        .delete,
        "/v1/sla-policies/{sla_policy_id}",
        tag: "sla-policies",
        summary: "Deletes an SLA policy",
        description: "The live tickets under it are measured anew in the background, as after an edit; its versions stay for reports. "
            + "Its name may be given again. A deleted policy is 410.",
        scope: .policiesWrite,
        isConditional: true,
        statuses: [.noContent],
        problems: [.gone, .unavailable]
    )
    static let preview = Endpoint<NoPath, NoQuery, PreviewPolicy, PolicyPreviewResource>(
        "previewSLAPolicy",
        .post,
        "/v1/sla-policies/preview",
        tag: "sla-policies",
        summary: "Tells what a new, changed or withdrawn policy would do to the live tickets",
        description: "Changes nothing. Looks at the newest live tickets first, at most limit of them; complete tells whether that were all.",
        scope: .policiesWrite,
        problems: [.notFound, .gone, .unavailable]
    )
    static let lint = Endpoint<NoPath, NoQuery, LintPolicies, PolicyFindingsResource>(
        "lintSLAPolicies",
        .post,
        "/v1/sla-policies/lint",
        tag: "sla-policies",
        summary: "Looks for contradictions in the policies, or in a proposed one among them",
        description: "Without a proposal all active policies are looked at. Changes nothing.",
        scope: .policiesRead,
        problems: [.notFound, .gone, .unavailable]
    )
    static let reevaluations = Endpoint<NoPath, PageQuery, NoBody, Page<ReevaluationResource>>(
        "listReevaluations",
        .get,
        "/v1/sla/reevaluations",
        tag: "sla-policies",
        summary: "Lists how edits of policies, calendars and queues' hours were applied to the live tickets, the newest first",
        scope: .policiesRead,
        problems: [.unavailable]
    )
    static let reevaluation = Endpoint<ReevaluationPath, NoQuery, NoBody, ReevaluationResource>(
        "getReevaluation",
        .get,
        "/v1/sla/reevaluations/{reevaluation_id}",
        tag: "sla-policies",
        summary: "Shows how far an edit has reached the live tickets",
        scope: .policiesRead,
        problems: [.unavailable]
    )

    static let operations = [
        versions.operation, delete.operation, preview.operation, lint.operation, reevaluations.operation, reevaluation.operation,
    ]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(delete) { call in
            let (id, tenant) = (call.path.id, call.principal.tenantID)
            return try await tagging(id) {
                let expected = call.ifMatch?.precondition(on: id).expected
                try await environment.directory.deleteSLAPolicy(id, in: tenant, expectedVersion: expected)
                return .noContent
            }
        }
        routes.add(versions) { call in
            let page = call.query.page
            let rows = try await environment.directoryQueries.versions(
                of: call.path.id,
                as: SLAPolicyContent.self,
                in: call.principal.tenantID,
                after: Int64(page.afterNumber ?? 0),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor([.integer($0.number)]) }) { PolicyVersionResource(version: $0) })
        }
        routes.add(preview) { call in
            let body = call.body
            let preview = try await environment.previews.preview(
                body.proposal,
                in: call.principal.tenantID,
                limit: body.limit,
                sampleSize: body.sampleSize
            )
            return .ok(PolicyPreviewResource(preview: preview))
        }
        routes.add(lint) { call in
            .ok(PolicyFindingsResource(findings: try await environment.previews.lint(call.body.proposal, in: call.principal.tenantID)))
        }
        addReevaluations(to: &routes, environment)
    }

    private static func addReevaluations(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(reevaluations) { call in
            let page = call.query.page
            let rows = try await environment.reevaluations.reevaluations(
                in: call.principal.tenantID,
                after: page.afterTime(Entity.SLAReevaluation.self).map { ReevaluationPosition(requestedAt: $0.time, id: $0.id) },
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.requestedAt, $0.id) }) { ReevaluationResource(reevaluation: $0) })
        }
        routes.add(reevaluation) { call in
            .ok(ReevaluationResource(reevaluation: try await environment.reevaluations.reevaluation(call.path.id, in: call.principal.tenantID)))
        }
    }
}

/// `/v1/sla/reevaluations/{reevaluation_id}`
struct ReevaluationPath: PathParameters {
    static let field = PathField("reevaluation_id", .id(Entity.SLAReevaluation.self), "Its id.")
    static let parameters = [field.parameter]
    let id: SLAReevaluationID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}
