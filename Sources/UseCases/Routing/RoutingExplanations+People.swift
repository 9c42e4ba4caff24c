public import Domain
import Store

/// An explanation with the names by which people know what it speaks of.
public struct NamedRoutingExplanation: Sendable {
    public let ticket: Ticket
    public let explanation: TicketRoutingExplanation
    public let intake: IntakeRecord?
    public let agentNames: [AgentID: String]
    public let queueName: String?
}

extension RoutingExplanations {
    /// Explains the ticket that people know by its number, as of now.
    ///
    /// - Throws: ``UseCaseError/notFound`` where the tenant has no such ticket, ``StoreError``.
    public func explain(number: Int64, in tenant: TenantID) async throws -> NamedRoutingExplanation {
        let statement = LoadTicketByNumber(tenant: tenant, number: number)
        guard let ticket = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        let explanation = try await explain(ticket.id, in: tenant, asOfNow: true)
        let intake = try await intake(of: ticket.id, in: tenant)
        var agents: Set<AgentID> = ticket.holderID.map { [$0] } ?? []
        switch explanation {
        case .waiting(let routing, _):
            agents.formUnion(routing.agents.map(\.agent))
        case .assigned(let assigned, _, let now):
            agents.formUnion([assigned.agentID] + (now?.explanation.agents.map(\.agent) ?? []))
        case .notRouted:
            break
        }
        var naming = TenantUnit(tenant)
        let names = naming.add(LoadAgentNames(tenant: tenant, agents: agents.sorted()))
        let queue = ticket.content.queueID.map { naming.add(LoadQueueName(tenant: tenant, queue: $0)) }
        let result = try await environment.database.run(naming)
        return NamedRoutingExplanation(
            ticket: ticket,
            explanation: explanation,
            intake: intake,
            agentNames: Dictionary(try result.rows(names).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
            queueName: try queue.flatMap { try result.first($0) }
        )
    }
}
