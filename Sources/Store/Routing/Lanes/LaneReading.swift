/// What a pass has read of a queue when it begins to decide.
public struct LaneReading: Sendable {
    /// The lane, which this transaction holds.
    public let taken: TakeLane.Row
    private let decodeFront: @Sendable () throws -> [RoutingHead]
    private let decodeRefusals: @Sendable () throws -> [LoadRefusals.Row]
    private let decodeAgents: @Sendable () throws -> [RoutingAgentRow]

    /// The others are decoded when they are asked for: not every pass asks for all, and what cannot be read is the pass's fault, not that of the look before it.
    public init(
        taken: TakeLane.Row,
        front: @escaping @Sendable () throws -> [RoutingHead],
        refusals: @escaping @Sendable () throws -> [LoadRefusals.Row],
        agents: @escaping @Sendable () throws -> [RoutingAgentRow]
    ) {
        self.taken = taken
        decodeFront = front
        decodeRefusals = refusals
        decodeAgents = agents
    }

    /// The first of the tickets that wait.
    ///
    /// - Throws: ``StoreError``.
    public func front() throws -> [RoutingHead] {
        try decodeFront()
    }

    /// Why classes wait, as recorded.
    ///
    /// - Throws: ``StoreError``.
    public func refusals() throws -> [LoadRefusals.Row] {
        try decodeRefusals()
    }

    /// The queue's agents.
    ///
    /// - Throws: ``StoreError``.
    public func agents() throws -> [RoutingAgentRow] {
        try decodeAgents()
    }
}
