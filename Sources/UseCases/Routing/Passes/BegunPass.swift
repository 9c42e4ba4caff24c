public import Domain

/// How a pass ended that a look has begun (``RoutingPasses/begin(limit:found:)``).
public struct BegunPass: Sendable {
    public let lane: RoutingLane
    public let outcome: Result<RoutingPassReport, any Error>
}
