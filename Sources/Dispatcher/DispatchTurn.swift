import Domain

/// One tenant's turn.
struct DispatchTurn: Sendable {
    let tenant: TenantID
    let queues: PendingQueues
    /// The most tickets to take up (routing.md H).
    let allowance: Int

    init(tenant: TenantID, queues: PendingQueues, allowance: Int) {
        self.tenant = tenant
        self.queues = queues
        self.allowance = allowance
    }

    /// Of a tenant that nobody competes with: what its first visit allows it.
    init(of lane: RoutingLane, quantum: Int) {
        var queues = PendingQueues()
        queues.add(lane.queue, isStepDue: lane.isStepDue)
        self.init(tenant: lane.tenant, queues: queues, allowance: max(quantum, 1) * max(lane.weight, 1))
    }
}

/// How a turn ended.
struct DispatchTurnReport: Sendable {
    let tenant: TenantID
    /// Queues that want another look at once: first those that the turn did not get to.
    var more: [QueueID] = []
    /// Queues in which something waits that could not be done now: another dispatcher works on them, or a pass came to nothing.
    var blocked: [QueueID] = []
    /// Queues of which a pass failed.
    var failed: [QueueID] = []
    /// Whether it ended early because another dispatcher works on one of its queues.
    var isCutShort = false
    /// Queues with nothing left to do.
    var done: [QueueID] = []
    /// Whether tickets stay that may wait for a relaxation step.
    var leavesWaiting = false
    /// Tickets taken up so far.
    var spent = 0
}
