/// A queue that is worth a look.
public struct RoutingLane: Hashable, Sendable {
    public let tenant: TenantID
    public let queue: QueueID
    /// The tenant's plan weight (routing.md H).
    public let weight: Int
    /// Whether a relaxation step has come, of whichever ticket of the queue.
    public let isStepDue: Bool

    public init(tenant: TenantID, queue: QueueID, weight: Int, isStepDue: Bool = false) {
        self.tenant = tenant
        self.queue = queue
        self.weight = weight
        self.isStepDue = isStepDue
    }
}
