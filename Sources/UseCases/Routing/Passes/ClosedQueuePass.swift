import Domain
import Store

/// A pass over a queue that is closed: nothing is given out; why and until when is recorded.
struct ClosedQueuePass: Sendable {
    let tenant: TenantID
    let queue: QueueID
    let now: Timestamp
    let opensAt: Timestamp?
    let rules: RoutingQueueRules
    let isByDeadline: Bool
    let isStepDue: Bool
    /// Whether signals were left that a pass must take.
    let signalsLeft: Bool
    let signal: ID<SignalQueue>
    /// As stored.
    let lookAt: Timestamp?
    /// As stored.
    let secondLookAt: Timestamp?
    /// When it is to be looked at once more.
    let secondLook: Timestamp?
    /// As stored.
    let scan: LaneScan

    /// The most classes whose reason one pass records.
    private static let maximumClasses = 200

    /// - Parameter front: the first of the tickets that wait.
    func write(_ front: [RoutingHead], known: [LoadRefusals.Row], in transaction: TenantTransaction) async throws -> RoutingPassReport {
        var statements = StatementList()
        let look = front.isEmpty ? nil : opensAt
        // While it is closed a second look is for nothing; one that comes after the opening is kept.
        let second = look.flatMap { opening in secondLook.flatMap { $0 > opening ? $0 : nil } }
        if look != lookAt || second != secondLookAt { statements.add(SetLaneLook(tenant: tenant, queue: queue, time: look, second: second)) }
        if scan != LaneScan() { statements.add(SetLaneScan(tenant: tenant, queue: queue, scan: LaneScan())) }
        if isStepDue || front.contains(where: { $0.nextStepAt.map { $0 <= now } ?? false }) {
            // Time goes on while the queue is closed; a step that stayed due would wake the dispatcher for nothing.
            statements.add(AdvanceDueSteps(tenant: tenant, queue: queue, time: now, rules: rules, isByDeadline: isByDeadline))
        }
        let reason = RefusalDocument(reason: .queueClosed, step: 0, agents: [:])
        let stored = Dictionary(known.map { ($0.classKey, $0.document) }, uniquingKeysWith: { first, _ in first })
        let waiting = Set(front.map(\.classKey)).sorted().prefix(Self.maximumClasses)
        let changed = waiting.filter { stored[$0] != reason }.map { (classKey: $0, document: reason) }
        if !changed.isEmpty { statements.add(PutRefusals(tenant: tenant, queue: queue, time: now, documents: changed)) }
        if signalsLeft { statements.add(SignalQueue(tenant: tenant, queue: queue, id: signal)) }
        _ = try await transaction.commit(statements)
        var report = RoutingPassReport()
        report.examined = front.count
        report.record(changed.map(\.document))
        report.hasMore = signalsLeft
        return report
    }
}
