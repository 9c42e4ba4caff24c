import Domain

/// The queues of one tenant that wait for a look, in order.
struct PendingQueues: Sendable {
    private(set) var order: [QueueID] = []
    private var stepDue: [QueueID: Bool] = [:]

    var isEmpty: Bool { order.isEmpty }

    /// Whether a relaxation step of the queue is due.
    func isStepDue(_ queue: QueueID) -> Bool {
        stepDue[queue] ?? false
    }

    mutating func add(_ queue: QueueID, isStepDue: Bool) {
        if let known = stepDue[queue] {
            stepDue[queue] = known || isStepDue
        } else {
            stepDue[queue] = isStepDue
            order.append(queue)
        }
    }

    /// Puts queues before all others, in their order.
    mutating func putFirst(_ queues: [QueueID]) {
        guard !queues.isEmpty else { return }
        for queue in queues { add(queue, isStepDue: false) }
        let first = Set(queues)
        order = queues + order.filter { !first.contains($0) }
    }
}
