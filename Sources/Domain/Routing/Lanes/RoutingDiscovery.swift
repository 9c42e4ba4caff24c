/// What there is to route, over all tenants: ids and times, never content (design.md 3).
public struct RoutingDiscovery: Sendable {
    /// What a look takes in.
    public enum Scope: Sendable {
        /// Queues with signals.
        case signals
        /// Those, and what time alone has changed.
        case all
    }

    public let scope: Scope
    /// Queues with signals, in the order of tenant and queue, and queues in which a relaxation step is due.
    public let lanes: [RoutingLane]
    /// Where the next page of signalled queues begins; nil when this was the last.
    public let next: RoutingLane?
    /// How long until the next relaxation step, in microseconds; nil when none is to come or only signals were looked at, negative when one is due.
    public let untilNextStep: Int64?

    /// The most queues of one page.
    public static let pageLimit = 1_000

    public init(scope: Scope, lanes: [RoutingLane], next: RoutingLane?, untilNextStep: Int64?) {
        self.scope = scope
        self.lanes = lanes
        self.next = next
        self.untilNextStep = untilNextStep
    }
}
