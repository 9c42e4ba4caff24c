public import Domain
import Store

/// Explains the routing of a ticket; changes nothing.
public struct RoutingExplanations: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - asOfNow: also says, for a ticket that has an agent, what routing would do if it were waiting.
    ///   - assignment: explains the assignment that the ticket's history has under this number instead, as it was recorded then.
    /// - Throws: ``UseCaseError/notFound``, also where that event is no assignment; ``StoreError``.
    public func explain(
        _ id: TicketID,
        in tenant: TenantID,
        asOfNow: Bool = false,
        assignment: Int? = nil
    ) async throws -> TicketRoutingExplanation {
        var unit = TenantUnit(tenant)
        let ticket = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let entry = unit.add(LoadRoutingTicket(tenant: tenant, ticket: id))
        let last = unit.add(LoadLastAssignment(tenant: tenant, ticket: id, upTo: assignment))
        let time = unit.add(ReadTime())
        let result = try await environment.database.run(unit)
        guard let ticket = try result.first(ticket) else { throw UseCaseError.notFound }
        let (event, now) = (try result.first(last), try result.first(time) ?? ticket.updatedAt)
        if let assignment {
            guard let event, event.sequence == assignment else { throw UseCaseError.notFound }
            return try await recorded(event, of: id, in: tenant, now: nil)
        }
        if let entry = try result.first(entry) {
            return .waiting(try await explanation(of: entry.head.ticket, queue: entry.queue, at: entry.now, in: tenant), queue: entry.queue)
        }
        if let offer = ticket.offer {
            let decision = try await offeredDecision(to: offer.agentID, of: id, before: nil, in: tenant)
            return .offered(OfferedRouting(offer: offer, decision: decision, now: try await ifWaiting(ticket, at: now, in: tenant)))
        }
        // Whoever had it last does not have it for ever: it was taken from him, and waits for others than agents.
        guard let event, ticket.assigneeID != nil else { return .notRouted(ticket.state) }
        return try await recorded(event, of: id, in: tenant, now: asOfNow ? try await ifWaiting(ticket, at: now, in: tenant) : nil)
    }

    /// How a ticket that an agent has, or is offered, would be decided if it were waiting, its own work taken off him; nil where it needs nobody any more.
    private func ifWaiting(_ ticket: Ticket, at now: Timestamp, in tenant: TenantID) async throws -> CurrentRouting? {
        let lifecycle = environment.rules.lifecycle
        guard let queue = ticket.content.queueID, let holder = ticket.holderID, lifecycle.category(of: ticket.state)?.isUnsolved == true
        else { return nil }
        let eligibleAt = ticket.eligibleAt ?? now
        // Its place in the queue is not asked for.
        let routing = RoutingTicket(ticket, eligibleAt: eligibleAt, rankAt: eligibleAt)
        return try await environment.configurations.withConfiguration(of: tenant) { configuration in
            let units = ticket.load(in: lifecycle, waitingPercent: configuration.lifecycle.waitingLoadPercent)
            let explanation = try await explanation(of: routing, queue: queue, at: now, by: configuration, held: (agent: holder, units: units))
            return CurrentRouting(explanation: explanation, queue: queue)
        }
    }

    /// How a ticket that waits would be decided now.
    private func explanation(of ticket: RoutingTicket, queue: QueueID, at now: Timestamp, in tenant: TenantID) async throws -> RoutingExplanation {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await explanation(of: ticket, queue: queue, at: now, by: configuration)
        }
    }

    /// - Parameter held: what the ticket takes from an agent now.
    private func explanation(
        of ticket: RoutingTicket,
        queue: QueueID,
        at now: Timestamp,
        by configuration: TenantConfiguration,
        held: (agent: AgentID, units: Int)? = nil
    ) async throws -> RoutingExplanation {
        let tenant = configuration.tenant
        var unit = TenantUnit(tenant)
        unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let agents = unit.add(LoadAgentsForExplanation(tenant: tenant, queue: queue))
        let skills = unit.add(LoadSkillKeys(tenant: tenant))
        let result = try await environment.database.run(unit)
        let names = Dictionary(try result.rows(skills).map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
        var shifts = ShiftCalendars(configuration: configuration, now: now)
        let team = try result.rows(agents).map { row in
            var agent = RoutingAgent(row, now: now) { shifts.isOpen($0) }
            if let held, held.agent == agent.id { agent.release(held.units, on: ticket.channel) }
            return agent
        }
        var pool = RoutingPool(agents: team, rules: configuration.queues[queue]?.rules ?? RoutingQueueRules())
        let explanation = pool.explain(ticket, now: now) { names[$0] ?? $0.description }
        if configuration.isClosed(queue, at: now) {
            return explanation.whileClosed(.queueClosed, until: configuration.nextOpening(of: queue, after: now))
        }
        guard let site = ticket.siteID, configuration.isClosed(site, at: now) else { return explanation }
        return explanation.whileClosed(.siteClosed, until: configuration.nextOpening(of: site, after: now))
    }
}

extension RoutingAgent {
    fileprivate mutating func release(_ units: Int, on channel: Channel) {
        load = max(0, load - units)
        for index in channelLimits.indices where channelLimits[index].channel == channel {
            channelLimits[index].load = max(0, channelLimits[index].load - units)
        }
    }
}
