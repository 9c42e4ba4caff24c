import Domain
import Store

/// Starts a chain for each ticket of which a pass finds that nobody can take it: once, until it waits for something else.
struct UnroutableNotices: Sendable {
    private typealias Known = (id: EscalationChainID, chain: EscalationChain)

    private let configuration: TenantConfiguration
    /// What the queue names; nil where it names nothing.
    private let named: Known?
    /// Whether the chain of the ticket's policy stands in for it: the queue has an entry, and neither it nor the queue names a chain.
    private let asksPolicies: Bool
    private let identifiers: IdentifierSource

    /// The most tickets that start in one pass; the others do in the next ones.
    private static let limit = 200

    init(queue: QueueID, configuration: TenantConfiguration, identifiers: IdentifierSource) {
        let entry = configuration.escalation(.unroutable, in: queue)
        let chains = entry.map { [$0.chain, configuration.queues[queue]?.escalationChainID] } ?? []
        named = chains.compactMap { id in id.flatMap { id in configuration.promises.chains[id].map { (id: id, chain: $0) } } }.first
        asksPolicies = entry != nil && named == nil && configuration.promises.policies.contains { $0.definition.chain != nil }
        self.configuration = configuration
        self.identifiers = identifiers
    }

    /// - Returns: whether a scheduler has something to do.
    func add(_ plan: RoutingPlan, to statements: inout StatementList, in transaction: TenantTransaction) async throws -> Bool {
        var told: [(ticket: TicketID, reason: RoutingWait.Reason?)] = []
        for wait in plan.waiting where told.count < Self.limit {
            guard let head = plan.head(of: wait.ticket) else { continue }
            let reason: RoutingWait.Reason? = wait.reason == .unroutable ? .unroutable : nil
            if reason != head.toldReason { told.append((wait.ticket, reason)) }
        }
        guard !told.isEmpty else { return false }
        statements.add(SetToldReasons(tenant: configuration.tenant, reasons: told))
        let unroutable = told.filter { $0.reason != nil }.map(\.ticket)
        guard !unroutable.isEmpty else { return false }
        let promised = try await policyChains(of: unroutable, in: transaction)
        var (chains, notices): ([EscalationRunRecord], [EscalationRunRecord]) = ([], [])
        for ticket in unroutable {
            if let chain = promised[ticket] ?? named {
                if let run = run(of: chain, for: ticket, at: plan.now) { chains.append(run) }
            } else if let run = run(of: (EscalationChain.supervisorNoticeID, EscalationChain.supervisorNotice), for: ticket, at: plan.now) {
                notices.append(run)
            }
        }
        // Without a fallback contact there is nobody to tell but the heads of the tickets' groups.
        let needsSupervisor = configuration.promises.fallbackContact == nil
        for (runs, needsSupervisor) in [(chains, false), (notices, needsSupervisor)] where !runs.isEmpty {
            statements.add(StartRuns(tenant: configuration.tenant, runs: runs, needsSupervisor: needsSupervisor, time: plan.now))
        }
        return !chains.isEmpty || !notices.isEmpty
    }

    /// The chains of the tickets' policies, where those are asked: only then the tickets are read as a whole.
    private func policyChains(of tickets: [TicketID], in transaction: TenantTransaction) async throws -> [TicketID: Known] {
        guard asksPolicies else { return [:] }
        var statements = StatementList()
        let handle = statements.add(LoadTickets(tenant: configuration.tenant, tickets: tickets))
        var chains: [TicketID: Known] = [:]
        for ticket in try await transaction.run(statements).rows(handle) {
            guard let id = configuration.escalationPath(of: ticket), let chain = configuration.promises.chains[id] else { continue }
            chains[ticket.id] = (id, chain)
        }
        return chains
    }

    /// A stored chain has been checked.
    private func run(of chain: Known, for ticket: TicketID, at now: Timestamp) -> EscalationRunRecord? {
        guard let run = try? EscalationRun(chain: chain.chain, trigger: .unroutable, at: now) else { return nil }
        let trigger = QueueEscalation.Trigger.unroutable.rawValue
        return EscalationRunRecord(id: identifiers.next(), ticket: ticket, chain: chain.id, trigger: trigger, run: run)
    }
}
