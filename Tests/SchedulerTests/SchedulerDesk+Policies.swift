import Deployment
import Domain
import Store
import TestSupport
import Testing
import UseCases

extension SchedulerDesk {
    var directory: DirectoryCommands {
        let tools = DirectoryTools(zones: ZoneFiles(), secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in nil }
        return DirectoryCommands(environment: api, tools: tools)
    }

    func reevaluations(partSize: Int = 7) -> Reevaluations { Reevaluations(environment: scheduler, partSize: partSize) }

    /// The tenant's first policy.
    func policy() async throws -> SLAPolicyID {
        try #require(SLAPolicyID(try await value("SELECT id FROM docket.sla_policy WHERE tenant_id = '\(tenant.id)' ORDER BY position, id LIMIT 1")))
    }

    func editPolicy(_ id: SLAPolicyID? = nil, _ edit: @escaping @Sendable (inout SLAPolicyContent) -> Void) async throws {
        let policy = if let id { id } else { try await policy() }
        _ = try await directory.updateSLAPolicy(policy, in: tenant.id) { content in
            var content = content
            edit(&content)
            return content
        }
    }

    /// Gives the first policy a first response within so many seconds.
    func setTarget(_ seconds: Int64) async throws {
        try await editPolicy { $0.definition.targets = [SLATarget(metric: .firstResponse, seconds: seconds, mode: .calendar)] }
    }

    @discardableResult
    func publish(
        position: Int,
        seconds: Int64,
        conditions: TicketCondition = .all([]),
        name: String = "Another"
    ) async throws -> SLAPolicyID {
        var definition = SLAPolicyDefinition(name: name, targets: [SLATarget(metric: .firstResponse, seconds: seconds, mode: .calendar)])
        definition.conditions = conditions
        guard case .done(let record) = try await directory.createSLAPolicy(SLAPolicyContent(position: position, definition: definition), in: tenant.id)
        else { throw UseCaseError.busy }
        return record.id
    }

    /// Works on the tenant's re-evaluation until there is nothing more to do.
    @discardableResult
    func reevaluate(_ reevaluations: Reevaluations? = nil) async throws -> ReevaluationReport {
        let reevaluations = reevaluations ?? self.reevaluations()
        for _ in 0..<1_000 {
            let report = try await reevaluations.step(in: tenant.id)
            if report.end != .more { return report }
        }
        throw UseCaseError.busy
    }

    func newestReevaluation() async throws -> SLAReevaluation {
        try #require(try await ReevaluationQueries(environment: api).reevaluations(in: tenant.id, limit: 1).first)
    }

    /// How many timers are due so many seconds after their tickets were created.
    func timers(dueAfter seconds: Int) async throws -> Int {
        try await number(
            """
            SELECT count(*) FROM docket.sla_timer s JOIN docket.ticket t ON t.tenant_id = s.tenant_id AND t.id = s.ticket_id
            WHERE s.due_at = t.created_at + interval '\(seconds) seconds'
            """
        )
    }

    func policyChanges() async throws -> Int {
        try await number("SELECT count(*) FROM docket.ticket_event WHERE kind = 'sla.policy_changed'")
    }

    func create(count: Int) async throws -> [TicketID] {
        var ids: [TicketID] = []
        for _ in 0..<count { ids.append(try await create()) }
        return ids
    }
}
