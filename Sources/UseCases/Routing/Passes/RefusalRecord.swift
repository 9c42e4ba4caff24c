import Domain
import Store

/// Which recorded reasons change by a pass: those of classes that wait for another reason than before, and those of classes that wait no more.
struct RefusalRecord {
    private var changed: [(classKey: Int64, document: RefusalDocument)] = []
    private var forgotten: [Int64] = []

    /// The most classes whose reasons one pass works out: each asks every agent.
    private static let maximumClasses = 200

    /// - Parameter isLast: whether the queue is done with for now; while a backlog is worked off, the reasons of what stays behind are not final.
    init(_ plan: RoutingPlan, known: [LoadRefusals.Row], isLast: Bool) {
        var pool = plan.pool
        let stored = Dictionary(known.map { ($0.classKey, $0.document) }, uniquingKeysWith: { first, _ in first })
        var waiting: Set<Int64> = []
        for wait in plan.waiting {
            guard let head = plan.head(of: wait.ticket), waiting.insert(head.classKey).inserted else { continue }
            guard isLast, waiting.count <= Self.maximumClasses else { continue }
            var agents: [String: Int] = [:]
            // Whoever could take it gets nothing while its site is closed, or where it waits for a claim.
            if wait.reason != .siteClosed && wait.reason != .noTaker {
                for (_, refusal) in pool.refusals(of: head.ticket, now: plan.now) { agents[refusal.text { $0.description }, default: 0] += 1 }
            }
            let document = RefusalDocument(reason: wait.reason, step: wait.step, agents: agents)
            if stored[head.classKey] != document { changed.append((head.classKey, document)) }
        }
        guard isLast else { return }
        // What waits in the parts of a long look that this pass did not read is not known.
        let seesAll = plan.sawAllClasses
        for classKey in plan.closedClasses where waiting.insert(classKey).inserted && waiting.count <= Self.maximumClasses {
            if stored[classKey]?.reason != .siteClosed { changed.append((classKey, RefusalDocument(reason: .siteClosed, step: 0, agents: [:]))) }
        }
        forgotten = stored.filter { classKey, document in
            // Whether anybody still waits in a class of a closed site that was left out is not known.
            seesAll && !waiting.contains(classKey) && (plan.closedClasses.isEmpty || document.reason != .siteClosed)
        }.keys.sorted()
    }

    /// Whether nothing is to be written.
    var isEmpty: Bool { changed.isEmpty && forgotten.isEmpty }

    /// What is recorded newly.
    var documents: [RefusalDocument] { changed.map(\.document) }

    func add(tenant: TenantID, queue: QueueID, time: Timestamp, to statements: inout StatementList) {
        if !changed.isEmpty { statements.add(PutRefusals(tenant: tenant, queue: queue, time: time, documents: changed)) }
        if !forgotten.isEmpty { statements.add(DeleteRefusals(tenant: tenant, queue: queue, classKeys: forgotten)) }
    }
}
