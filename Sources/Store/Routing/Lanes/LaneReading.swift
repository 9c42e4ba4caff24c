/// What a pass has read of a queue when it begins to decide.
public struct LaneReading: Sendable {
    /// The lane, which this transaction holds.
    public let taken: TakeLane.Row
    /// The first of the tickets that wait.
    public let front: [RoutingHead]
    /// Why classes wait, as recorded.
    public let refusals: [LoadRefusals.Row]
    private let decodeAgents: @Sendable () throws -> [RoutingAgentRow]

    /// - Parameter agents: decodes the queue's agents; not every pass asks for them.
    public init(
        taken: TakeLane.Row,
        front: [RoutingHead],
        refusals: [LoadRefusals.Row],
        agents: @escaping @Sendable () throws -> [RoutingAgentRow]
    ) {
        self.taken = taken
        self.front = front
        self.refusals = refusals
        decodeAgents = agents
    }

    /// The queue's agents.
    ///
    /// - Throws: ``StoreError``.
    public func agents() throws -> [RoutingAgentRow] {
        try decodeAgents()
    }
}
