import Domain
import HTTPTypes
import UseCases

/// What missed targets cost (features.md A5.8).
enum PenaltyEndpoints {
    static let list = Endpoint<NoPath, PenaltyListQuery, NoBody, Page<PenaltyResource>>(
        "listPenalties",
        .get,
        "/v1/sla/penalties",
        tag: "sla",
        summary: "Lists the penalties of a month, in the order of the breaches",
        scope: .reportsRead,
        problems: [.unavailable]
    )
    static let get = Endpoint<PenaltyPath, NoQuery, NoBody, PenaltyDetailsResource>(
        "getPenalty",
        .get,
        "/v1/sla/penalties/{penalty_id}",
        tag: "sla",
        summary: "Shows a penalty with the requests to waive it",
        scope: .reportsRead,
        problems: [.unavailable]
    )
    static let compute = Endpoint<NoPath, NoQuery, ComputePenalties, PenaltyRunResource>(
        "computePenalties",
        .post,
        "/v1/sla/penalties/compute",
        tag: "sla",
        summary: "Computes the penalties of a month from the tickets' histories",
        description: "Schedulers do so every hour for the last 70 days. Computing again changes nothing, unless tickets went on or a breach lasts.",
        scope: .penaltiesWrite,
        problems: [.unavailable],
        timeout: .seconds(60)
    )
    static let request = Endpoint<PenaltyPath, NoQuery, RequestWaiver, WaiverResource>(
        "requestPenaltyWaiver",
        .post,
        "/v1/sla/penalties/{penalty_id}/waivers",
        tag: "sla",
        summary: "Asks for a penalty to be waived",
        scope: .penaltiesWrite,
        statuses: [.created],
        problems: [.conflict, .unavailable]
    )
    static let approve = decision("approvePenaltyWaiver", "approve", "Waives a penalty as it was asked for; nobody decides about his own request")
    static let reject = decision("rejectPenaltyWaiver", "reject", "Rejects a request to waive a penalty; another may follow")
    static let statement = Endpoint<NoPath, PenaltyStatementQuery, NoBody, PenaltyStatementResource>(
        "getSLAStatement",
        .get,
        "/v1/sla/statements",
        tag: "sla",
        summary: "States what the breaches of a month cost, by contract, and by policy and customer where there is none",
        scope: .reportsRead,
        problems: [.unavailable],
        hasCSV: true
    )

    private static func decision(_ id: String, _ verb: String, _ summary: String) -> Endpoint<WaiverPath, NoQuery, DecideWaiver, WaiverResource> {
        Endpoint(
            id,
            .post,
            "/v1/sla/penalties/{penalty_id}/waivers/{waiver_id}/\(verb)",
            tag: "sla",
            summary: summary,
            scope: .penaltiesApprove,
            problems: [.conflict, .unavailable]
        )
    }

    static let operations = [
        list.operation, get.operation, compute.operation, request.operation, approve.operation, reject.operation, statement.operation,
    ]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addEntries(to: &routes, environment.penalties, environment.penaltyLedger)
        addWaivers(to: &routes, environment.penalties)
        addStatement(to: &routes, environment.penalties)
    }

    private static func addEntries(to routes: inout APIRoutes, _ penalties: Penalties, _ ledger: PenaltyLedger) {
        routes.add(list) { call in
            let (query, tenant) = (call.query, call.principal.tenantID)
            let span = try await namingParameters { try penalties.span(of: query.month, in: query.zone) }
            let rows = try await penalties.list(
                span,
                in: tenant,
                policy: query.policy,
                contract: query.contract,
                after: query.page.afterTime(Entity.SLAPenalty.self).map { (breachedAt: $0.time, id: $0.id) },
                limit: query.page.limit + 1
            )
            return .ok(
                try Page(rows: rows, of: query.page, cursor: { Cursor($0.penalty.breach.breachedAt, $0.penalty.id) }) { PenaltyResource(line: $0) }
            )
        }
        routes.add(get) { call in
            .ok(PenaltyDetailsResource(entry: try await penalties.load(call.path.id, in: call.principal.tenantID)))
        }
        routes.add(compute) { call in
            let span = try penalties.span(of: call.body.month, in: call.body.zone)
            return .ok(PenaltyRunResource(run: try await ledger.compute(span, in: call.principal.tenantID)))
        }
    }

    private static func addWaivers(to routes: inout APIRoutes, _ penalties: Penalties) {
        routes.add(request) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            let waiver = try await penalties.requestWaiver(of: call.path.id, reason: call.body.reason, by: agent, in: call.principal.tenantID)
            return .created(WaiverResource(waiver: waiver), location: "/v1/sla/penalties/\(call.path.id)")
        }
        for (endpoint, isApproved) in [(approve, true), (reject, false)] {
            routes.add(endpoint) { call in
                let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
                let waiver = try await penalties.decideWaiver(
                    call.path.id,
                    of: call.path.penalty,
                    isApproved: isApproved,
                    note: call.body.note,
                    by: agent,
                    in: call.principal.tenantID
                )
                return .ok(WaiverResource(waiver: waiver))
            }
        }
    }

    private static func addStatement(to routes: inout APIRoutes, _ penalties: Penalties) {
        routes.add(statement) { call in
            let query = call.query
            let statement = try await namingParameters {
                try await penalties.statement(
                    of: query.month,
                    zone: query.zone,
                    policy: query.policy,
                    contract: query.contract,
                    in: call.principal.tenantID
                )
            }
            if call.wantsCSV(query.format) { return .text(mediaType: CSVText.mediaType, statement.csv.bytes) }
            return .ok(PenaltyStatementResource(statement: statement))
        }
    }
}
