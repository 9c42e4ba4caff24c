import Domain
import Store

/// Looks after the work of agents who are gone (routing.md F): what they have not answered goes back into its queue with its place kept; of those who
/// left for good, everything unsolved does, and recorded absences say which.
public struct AbsentAgents: Sendable {
    let environment: UseCaseEnvironment

    /// Seconds beyond a lost lease: a lost connection is no lost agent yet.
    public static let grace = 60
    static let agentLimit = 100
    static let ticketLimit = 200

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Looks after some of them, each ticket in a transaction of its own, which decides again under the ticket's lock.
    ///
    /// - Returns: how many tickets went back.
    /// - Throws: ``StoreError``, ``UseCaseError``; what was done before stays done, the rest is found again.
    @discardableResult
    public func run() async throws -> Int {
        var count = try await followRecords()
        for absent in try await environment.database.agentsGone(grace: Self.grace, limit: Self.agentLimit) {
            count += try await settle(absent.agent, of: absent.tenant)
        }
        return count
    }

    private func settle(_ agent: AgentID, of tenant: TenantID) async throws -> Int {
        var reading = TenantUnit(tenant)
        let absence = reading.add(LoadAbsence(tenant: tenant, agent: agent))
        guard let absence = try await environment.database.run(reading).first(absence), absence.isGone(grace: Self.grace) else { return 0 }
        let states = absence.isActive ? [.assigned] : unsolvedStates
        let tickets = try await tickets(of: agent, in: states, tenant: tenant)
        var count = try await rescindOffers(to: agent, tenant: tenant)
        for ticket in tickets where try await takeBack(ticket, from: agent, tenant: tenant) { count += 1 }
        // Where there may be more, or one stayed, the next look finds him again; one that stays for ever must not keep him unsettled.
        guard tickets.count < Self.ticketLimit || count == 0, let leaseUntil = absence.leaseUntil else { return count }
        var unit = TenantUnit(tenant)
        unit.add(SettleAbsence(tenant: tenant, agent: agent, leaseUntil: leaseUntil))
        _ = try await environment.database.run(unit)
        return count
    }

    /// What was offered to him goes to somebody else; that is no miss.
    func rescindOffers(to agent: AgentID, tenant: TenantID) async throws -> Int {
        var unit = TenantUnit(tenant)
        let handle = unit.add(ListOffersOfAgent(tenant: tenant, agent: agent))
        var count = 0
        for ticket in try await environment.database.run(unit).rows(handle) {
            let outcome = try await TicketCommands(environment: environment)
                .change(TicketRequest(ticket.id, in: tenant, by: .dispatcher)) { situation in
                    environment.rules.rescindOffer(situation.ticket, to: agent, at: situation.now)
                }
            if case .done(let change) = outcome, !change.events.isEmpty { count += 1 }
        }
        return count
    }

    func tickets(of agent: AgentID, in states: [TicketState], tenant: TenantID) async throws -> [TicketID] {
        var unit = TenantUnit(tenant)
        let handle = unit.add(ListTicketsInHand(tenant: tenant, agent: agent, states: states, limit: Self.ticketLimit))
        return try await environment.database.run(unit).rows(handle)
    }

    /// - Returns: whether the ticket went back.
    private func takeBack(_ ticket: TicketID, from agent: AgentID, tenant: TenantID) async throws -> Bool {
        let commands = TicketCommands(environment: environment)
        let outcome = try await commands.change(TicketRequest(ticket, in: tenant, by: .dispatcher)) { situation in
            var statements = StatementList()
            let handle = statements.add(LoadAbsence(tenant: tenant, agent: agent))
            let absence = try await situation.transaction.run(statements).first(handle)
            guard let absence, absence.isGone(grace: Self.grace) else {
                return TicketChange(before: situation.ticket, after: situation.ticket, events: [])
            }
            return absence.isActive
                ? environment.rules.requeue(situation.ticket, from: agent, by: .dispatcher, at: situation.now)
                : environment.rules.redistribute(situation.ticket, from: agent, by: .dispatcher, at: situation.now)
        }
        guard case .done(let change) = outcome else { return false }
        return !change.events.isEmpty
    }

    private var unsolvedStates: [TicketState] {
        environment.rules.lifecycle.states.filter(\.category.isUnsolved).map(\.state)
    }
}
