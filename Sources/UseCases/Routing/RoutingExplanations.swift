public import Domain
import Store

/// Explains the routing of a ticket; changes nothing.
public struct RoutingExplanations: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func explain(_ id: TicketID, in tenant: TenantID) async throws -> TicketRoutingExplanation {
        var unit = TenantUnit(tenant)
        let ticket = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let entry = unit.add(LoadRoutingTicket(tenant: tenant, ticket: id))
        let last = unit.add(LoadLastAssignment(tenant: tenant, ticket: id))
        let result = try await environment.database.run(unit)
        guard let ticket = try result.first(ticket) else { throw UseCaseError.notFound }
        if let entry = try result.first(entry) {
            return .waiting(try await explanation(of: entry, in: tenant), queue: entry.queue)
        }
        if let event = try result.first(last), case .assigned(let assigned) = event.payload {
            return .assigned(assigned, at: event.at)
        }
        return .notRouted(ticket.state)
    }

    private func explanation(of entry: LoadRoutingTicket.Row, in tenant: TenantID) async throws -> RoutingExplanation {
        let configuration = try await environment.configurations.configuration(of: tenant)
        var unit = TenantUnit(tenant)
        let agents = unit.add(LoadAgentsForExplanation(tenant: tenant, queue: entry.queue))
        let skills = unit.add(LoadSkillKeys(tenant: tenant))
        let result = try await environment.database.run(unit)
        let names = Dictionary(try result.rows(skills).map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
        var shifts = ShiftCalendars(configuration: configuration, now: entry.now)
        let team = try result.rows(agents).map { row in RoutingAgent(row, now: entry.now) { shifts.isOpen($0) } }
        var pool = RoutingPool(agents: team, rules: configuration.queues[entry.queue]?.rules ?? RoutingQueueRules())
        let explanation = pool.explain(entry.head.ticket, now: entry.now) { names[$0] ?? $0.description }
        return configuration.isClosed(entry.queue, at: entry.now) ? explanation.whileClosed() : explanation
    }
}
