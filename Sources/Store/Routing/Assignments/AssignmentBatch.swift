public import Domain
import Postgres

/// A batch of pairs of a ticket and an agent that a pass wants to write, as assignments or as offers.
public struct AssignmentBatch: Sendable {
    public let tenant: TenantID
    let queue: QueueID
    let assignments: [PlannedAssignment]
    let time: Timestamp
    let signal: ID<SignalQueue>
    let hasMore: Bool

    /// - Parameters:
    ///   - assignments: in rank order: where an agent has room for some only, the first get it.
    ///   - time: of the pass; the events of a ticket never go back behind its last.
    ///   - signal: a new id.
    ///   - hasMore: whether the pass leaves tickets that may be assigned.
    public init(
        tenant: TenantID,
        queue: QueueID,
        assignments: [PlannedAssignment],
        time: Timestamp,
        signal: ID<SignalQueue>,
        hasMore: Bool
    ) {
        self.tenant = tenant
        self.queue = queue
        self.assignments = assignments
        self.time = time
        self.signal = signal
        self.hasMore = hasMore
    }

    /// `$1` to `$12` of ``AssignmentGuard/sql``.
    ///
    /// - Parameter document: the event's data of each pair.
    func bind(into binder: inout Binder, document: (PlannedAssignment) -> JSONB) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(assignments.map(\.assignment.ticket))
        binder.append(assignments.map(\.version))
        binder.append(assignments.map(\.assignment.agent))
        binder.append(assignments.map { Int32(clamping: $0.assignment.weight) })
        binder.append(assignments.map(\.assignment.assignedAt))
        binder.append(assignments.map(document))
        binder.append(time)
        binder.append(signal)
        binder.append(hasMore)
        binder.append(assignments.map { $0.ceiling.map(Int32.init(clamping:)) })
    }
}
