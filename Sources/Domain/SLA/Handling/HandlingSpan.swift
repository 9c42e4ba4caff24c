/// A time in which one ticket stayed where it was: with one group, one agent, in one state.
public struct HandlingSpan: Hashable, Sendable {
    public let start: Timestamp
    public let end: Timestamp
    public let state: TicketState
    public let stage: SLAStage?
    public let group: GroupID?
    /// Whose it was; nil while nobody had it.
    public let agent: AgentID?

    public init(start: Timestamp, end: Timestamp, state: TicketState, stage: SLAStage?, group: GroupID?, agent: AgentID?) {
        self.start = start
        self.end = end
        self.state = state
        self.stage = stage
        self.group = group
        self.agent = agent
    }
}
