import Domain
import Store

/// Collects what a write points at, and finds what of it does not exist in the tenant, all in one round trip.
struct ReferenceCheck: Sendable {
    private var agents = Wanted<AgentContent>()
    private var calendars = Wanted<CalendarContent>()
    private var chains = Wanted<EscalationChainContent>()
    private var groups = Wanted<AgentGroupContent>()
    private var organizations = Wanted<OrganizationContent>()
    private var policies = Wanted<SLAPolicyContent>()
    private var queues = Wanted<QueueContent>()
    private var rotas = Wanted<OnCallRotaContent>()
    private var skills = Wanted<SkillContent>()
    private var webhooks = Wanted<WebhookEndpointContent>()

    mutating func add(_ id: AgentID?, at pointer: String) { agents.add(id, at: pointer) }
    mutating func add(_ id: CalendarID?, at pointer: String) { calendars.add(id, at: pointer) }
    mutating func add(_ id: EscalationChainID?, at pointer: String) { chains.add(id, at: pointer) }
    mutating func add(_ id: GroupID?, at pointer: String) { groups.add(id, at: pointer) }
    mutating func add(_ id: OrganizationID?, at pointer: String) { organizations.add(id, at: pointer) }
    mutating func add(_ id: SLAPolicyID?, at pointer: String) { policies.add(id, at: pointer) }
    mutating func add(_ id: QueueID?, at pointer: String) { queues.add(id, at: pointer) }
    mutating func add(_ id: RotaID?, at pointer: String) { rotas.add(id, at: pointer) }
    mutating func add(_ id: SkillID?, at pointer: String) { skills.add(id, at: pointer) }
    mutating func add(_ id: WebhookEndpointID?, at pointer: String) { webhooks.add(id, at: pointer) }

    /// - Returns: one problem for each place that points at nothing, in the order of the pointers.
    func problems(in tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] {
        var statements = StatementList()
        let agents = agents.find(in: tenant, adding: &statements)
        let calendars = calendars.find(in: tenant, adding: &statements)
        let chains = chains.find(in: tenant, adding: &statements)
        let groups = groups.find(in: tenant, adding: &statements)
        let organizations = organizations.find(in: tenant, adding: &statements)
        let policies = policies.find(in: tenant, adding: &statements)
        let queues = queues.find(in: tenant, adding: &statements)
        let rotas = rotas.find(in: tenant, adding: &statements)
        let skills = skills.find(in: tenant, adding: &statements)
        let webhooks = webhooks.find(in: tenant, adding: &statements)
        guard !statements.isEmpty else { return [] }
        let result = try await transaction.run(statements)
        var problems = try self.agents.missing(agents, result) + self.calendars.missing(calendars, result) + self.chains.missing(chains, result)
        problems += try self.groups.missing(groups, result) + self.queues.missing(queues, result)
        problems += try self.organizations.missing(organizations, result) + self.policies.missing(policies, result)
        problems += try self.rotas.missing(rotas, result) + self.skills.missing(skills, result) + self.webhooks.missing(webhooks, result)
        return problems.sorted { $0.pointer < $1.pointer }
    }

    /// The ids of one kind, with the places that point at them.
    private struct Wanted<Content: DirectoryContent>: Sendable {
        private var places: [ID<Content.Kind>: [String]] = [:]

        mutating func add(_ id: ID<Content.Kind>?, at pointer: String) {
            if let id { places[id, default: []].append(pointer) }
        }

        func find(in tenant: TenantID, adding statements: inout StatementList) -> StatementHandle<FindContents<Content>>? {
            places.isEmpty ? nil : statements.add(FindContents<Content>(tenant: tenant, ids: Array(places.keys)))
        }

        func missing(_ handle: StatementHandle<FindContents<Content>>?, _ result: StoreResult) throws -> [FieldProblem] {
            guard let handle else { return [] }
            let found = Set(try result.rows(handle))
            return places.filter { !found.contains($0.key) }.values.joined().map { FieldProblem.unknown(Content.noun, at: $0) }
        }
    }
}
