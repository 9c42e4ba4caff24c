public import Domain
import Store

/// An explanation with the names by which people know what it speaks of.
public struct NamedRoutingExplanation: Sendable {
    public let ticket: Ticket
    public let explanation: TicketRoutingExplanation
    public let intake: IntakeRecord?
    public let offers: OfferRounds?
    public let agentNames: [AgentID: String]
    public let queueName: String?
}

extension RoutingExplanations {
    /// Explains the ticket that people know by its number, as of now or as of one of its assignments.
    ///
    /// - Throws: ``UseCaseError/notFound`` where the tenant has no such ticket, or the ticket no such assignment; ``StoreError``.
    public func explain(number: Int64, in tenant: TenantID, assignment: Int? = nil) async throws -> NamedRoutingExplanation {
        let statement = LoadTicketByNumber(tenant: tenant, number: number)
        guard let ticket = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        let explanation = try await explain(ticket.id, in: tenant, asOfNow: true, assignment: assignment)
        let intake = try await intake(of: ticket.id, in: tenant)
        let offers = try await offers(of: ticket.id, in: tenant, assignment: assignment)
        var agents: Set<AgentID> = ticket.holderID.map { [$0] } ?? []
        agents.formUnion(offers?.asked.map(\.agent) ?? [])
        switch explanation {
        case .waiting(let routing, _):
            agents.formUnion(routing.agents.map(\.agent))
        case .offered(let offered):
            agents.formUnion(Self.agents(of: offered.decision, offered.now))
        case .assigned(let recorded):
            agents.formUnion([recorded.assigned.agentID] + Self.agents(of: recorded.decision, recorded.now))
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
            offers: offers,
            agentNames: Dictionary(try result.rows(names).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
            queueName: try queue.flatMap { try result.first($0) }
        )
    }

    private static func agents(of decision: RecordedDecision, _ now: CurrentRouting?) -> [AgentID] {
        (decision.others?.named.map(\.agent) ?? []) + (now?.explanation.agents.map(\.agent) ?? [])
    }
}
