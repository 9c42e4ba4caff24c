public import Domain

/// Why a class of tickets waits, as `routing_refusal.reasons` keeps it: bounded however many agents there are, and the same as long as nothing changes,
/// so that it is rarely written.
public struct RefusalDocument: Hashable, Sendable, Codable {
    public var reason: RoutingWait.Reason
    /// The position of the relaxation step it was judged at.
    public var step: Int
    /// For each first failing filter how many agents it kept away; a skill by its id.
    public var agents: [String: Int]

    public init(reason: RoutingWait.Reason, step: Int, agents: [String: Int]) {
        self.reason = reason
        self.step = step
        self.agents = agents
    }
}
