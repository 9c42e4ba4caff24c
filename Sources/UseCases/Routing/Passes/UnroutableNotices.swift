import Domain
import Store

/// Records of each ticket of which a pass finds that nobody can take it that this is so, and starts a chain: once, until it waits for something else (routing.md B).
/// Where there is nobody to call, the event stands alone, and later passes call whoever there is by then.
///
/// It is done in a transaction of its own behind the pass: a ticket that cannot be written keeps no other from its agent.
struct UnroutableNotices: Sendable {
    private typealias Known = (id: EscalationChainID, chain: EscalationChain)

    /// What becomes of a pass's unroutable tickets.
    struct Effects {
        /// Whether events were appended.
        var records = false
        /// Whether a scheduler has something to do.
        var startsRuns = false
    }

    private let queue: QueueID
    private let configuration: TenantConfiguration
    /// What the queue names; nil where it names nothing.
    private let named: Known?
    /// Whether the chain of the ticket's policy stands in for it: the queue has an entry, and neither it nor the queue names a chain.
    private let asksPolicies: Bool
    private let environment: UseCaseEnvironment
    private let failures: FailureSink

    init(queue: QueueID, configuration: TenantConfiguration, environment: UseCaseEnvironment, failures: FailureSink) {
        let entry = configuration.escalation(.unroutable, in: queue)
        let chains = entry.map { [$0.chain, configuration.queues[queue]?.escalationChainID] } ?? []
        named = chains.compactMap { id in id.flatMap { id in configuration.promises.chains[id].map { (id: id, chain: $0) } } }.first
        asksPolicies = entry != nil && named == nil && configuration.promises.policies.contains { $0.definition.chain != nil }
        self.queue = queue
        self.configuration = configuration
        self.environment = environment
        self.failures = failures
    }

    private var tenant: TenantID { configuration.tenant }

    /// Without a fallback contact there is nobody to tell but the heads of the tickets' groups.
    private var needsSupervisor: Bool { configuration.promises.fallbackContact == nil }

    /// - Throws: ``StoreError``, where the database cannot be reached: nothing was marked, and later passes find the tickets again.
    func tell(_ tickets: UnroutableTickets) async throws -> Effects {
        var tickets = tickets
        // Nobody was there to be called; only who is named since may be.
        if named == nil, !asksPolicies, needsSupervisor, configuration.groups.isEmpty { tickets.untold = [] }
        guard tickets.count > 0 else { return Effects() }
        if tickets.count > 1 {
            do {
                return try await record(tickets)
            } catch StoreError.unavailable(let reason) {
                throw StoreError.unavailable(reason)
            } catch {
                if Task.isCancelled { throw error }
            }
        }
        // One of them cannot be written, and holds up no other.
        var effects = Effects()
        for (ticket, one) in tickets.each {
            guard let done = try await failures.attempt(tenant, ticket: ticket, { try await record(one) }) else { continue }
            effects.records = effects.records || done.records
            effects.startsRuns = effects.startsRuns || done.startsRuns
        }
        return effects
    }

    private func record(_ tickets: UnroutableTickets) async throws -> Effects {
        var first = TenantUnit(tenant)
        if !tickets.new.isEmpty { first.add(RecordUnroutable(tenant: tenant, queue: queue, tickets: tickets.new, time: tickets.now)) }
        let asksHeads = named == nil && !asksPolicies && needsSupervisor && !tickets.untold.isEmpty
        let supervised = asksHeads ? first.add(LoadSupervised(tenant: tenant, tickets: tickets.untold)) : nil
        // Only where they are asked the tickets are read as a whole.
        let whole = asksPolicies ? first.add(LoadTickets(tenant: tenant, tickets: tickets.new.map(\.id) + tickets.untold)) : nil
        return try await environment.database.transaction(first) { transaction, result in
            let untold = try supervised.map { try result.rows($0) } ?? tickets.untold
            let promised = policyChains(of: try whole.map { try result.rows($0) } ?? [])
            var statements = StatementList()
            let startsRuns = call(tickets.new.map(\.id) + untold, promised: promised, at: tickets.now, &statements)
            if !tickets.new.isEmpty, configuration.hasWebhooks {
                statements.add(EnqueueWebhooksOfTransaction(tenant: tenant, time: tickets.now))
            }
            _ = try await transaction.commit(statements)
            return Effects(records: !tickets.new.isEmpty, startsRuns: startsRuns)
        }
    }

    /// - Returns: whether a run may begin.
    private func call(_ tickets: [TicketID], promised: [TicketID: Known], at now: Timestamp, _ statements: inout StatementList) -> Bool {
        var (chains, notices): ([EscalationRunRecord], [EscalationRunRecord]) = ([], [])
        for ticket in tickets {
            if let chain = promised[ticket] ?? named {
                if let run = run(of: chain, for: ticket, at: now) { chains.append(run) }
            } else if let run = run(of: (EscalationChain.supervisorNoticeID, EscalationChain.supervisorNotice), for: ticket, at: now) {
                notices.append(run)
            }
        }
        for (runs, needsSupervisor) in [(chains, false), (notices, needsSupervisor)] where !runs.isEmpty {
            statements.add(StartRuns(tenant: tenant, runs: runs, needsSupervisor: needsSupervisor, time: now))
        }
        return !chains.isEmpty || !notices.isEmpty
    }

    /// The chains of the tickets' policies.
    private func policyChains(of tickets: [Ticket]) -> [TicketID: Known] {
        var chains: [TicketID: Known] = [:]
        for ticket in tickets {
            guard let id = configuration.escalationPath(of: ticket), let chain = configuration.promises.chains[id] else { continue }
            chains[ticket.id] = (id, chain)
        }
        return chains
    }

    /// A stored chain has been checked.
    private func run(of chain: Known, for ticket: TicketID, at now: Timestamp) -> EscalationRunRecord? {
        guard let run = try? EscalationRun(chain: chain.chain, trigger: .unroutable, at: now) else { return nil }
        let trigger = QueueEscalation.Trigger.unroutable.rawValue
        return EscalationRunRecord(id: environment.identifiers.next(), ticket: ticket, chain: chain.id, trigger: trigger, run: run)
    }
}
