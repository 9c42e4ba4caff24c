extension TicketEvent {
    /// `ticket.follower_added`, `ticket.follower_removed`
    public struct Follower: Hashable, Sendable, Codable {
        public var agentID: AgentID

        public init(agentID: AgentID) {
            self.agentID = agentID
        }
    }

    /// `escalation.acknowledged`: somebody takes care; levels for the unacknowledged stop.
    public struct EscalationAcknowledged: Hashable, Sendable, Codable {
        public var runID: EscalationRunID
        public var chainID: EscalationChainID
    }

    /// `flow.start_requested`: a level asks for a flow. What the flow does is not Docket's doing here: webhooks hear of it.
    public struct FlowStartRequested: Hashable, Sendable, Codable {
        public var flow: String
        public var runID: EscalationRunID
        public var chainID: EscalationChainID
        public var round: Int
        public var level: Int

        public init(flow: String, runID: EscalationRunID, chainID: EscalationChainID, round: Int, level: Int) {
            self.flow = flow
            self.runID = runID
            self.chainID = chainID
            self.round = round
            self.level = level
        }
    }
}
