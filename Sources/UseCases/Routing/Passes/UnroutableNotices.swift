import Domain
import Store

/// Starts a chain for each ticket of which a pass finds that nobody can take it: once, until it waits for something else.
struct UnroutableNotices: Sendable {
    private let chain: (id: EscalationChainID, chain: EscalationChain)
    /// Whether there is nobody to tell but the heads of the tickets' groups.
    private let needsSupervisor: Bool
    private let identifiers: IdentifierSource

    /// The most tickets that start in one pass; the others do in the next ones.
    private static let limit = 200

    init(queue: QueueID, configuration: TenantConfiguration, identifiers: IdentifierSource) {
        let named = configuration.escalation(.unroutable, in: queue).flatMap { $0.chain ?? configuration.queues[queue]?.escalationChainID }
        if let named, let found = configuration.promises.chains[named] {
            chain = (named, found)
            needsSupervisor = false
        } else {
            chain = (EscalationChain.supervisorNoticeID, EscalationChain.supervisorNotice)
            needsSupervisor = configuration.promises.fallbackContact == nil
        }
        self.identifiers = identifiers
    }

    /// - Returns: whether a scheduler has something to do.
    func add(_ plan: RoutingPlan, tenant: TenantID, to statements: inout StatementList) -> Bool {
        var told: [(ticket: TicketID, reason: RoutingWait.Reason?)] = []
        var runs: [EscalationRunRecord] = []
        for wait in plan.waiting where told.count < Self.limit {
            guard let head = plan.head(of: wait.ticket) else { continue }
            let reason: RoutingWait.Reason? = wait.reason == .unroutable ? .unroutable : nil
            guard reason != head.toldReason else { continue }
            // A stored chain has been checked.
            if reason != nil, let run = try? EscalationRun(chain: chain.chain, trigger: .unroutable, at: plan.now) {
                let trigger = QueueEscalation.Trigger.unroutable.rawValue
                runs.append(EscalationRunRecord(id: identifiers.next(), ticket: wait.ticket, chain: chain.id, trigger: trigger, run: run))
            }
            told.append((wait.ticket, reason))
        }
        if !told.isEmpty { statements.add(SetToldReasons(tenant: tenant, reasons: told)) }
        if !runs.isEmpty { statements.add(StartRuns(tenant: tenant, runs: runs, needsSupervisor: needsSupervisor, time: plan.now)) }
        return !runs.isEmpty
    }
}
