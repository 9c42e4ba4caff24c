/// The states of a ticket and the moves between them, as data: what is not listed is refused.
public struct Lifecycle: Hashable, Sendable {
    /// One state: its code, what it means to clocks and routing, and its names for people.
    public struct State: Hashable, Sendable {
        public let state: TicketState
        public let category: StateCategory
        /// The step of handling that a ticket is in while it has this state (features.md A5.5); nil once nothing is left to do.
        public let stage: SLAStage?
        public let english: String
        public let chinese: String

        public init(_ state: TicketState, _ category: StateCategory, stage: SLAStage? = nil, english: String, chinese: String) {
            self.state = state
            self.category = category
            self.stage = stage
            self.english = english
            self.chinese = chinese
        }
    }

    public let states: [State]
    private let successors: [TicketState: [TicketState]]

    /// - Parameters:
    ///   - states: every state once.
    ///   - successors: the states that may follow each state directly.
    public init(states: [State], successors: [TicketState: [TicketState]]) {
        self.states = states
        self.successors = successors
    }

    /// What a state means to clocks and routing, or nil for a state that this life cycle does not have.
    public func category(of state: TicketState) -> StateCategory? {
        states.first { $0.state == state }?.category
    }

    /// The step of handling that a ticket is in while it has a state; nil where there is none.
    public func stage(of state: TicketState) -> SLAStage? {
        states.first { $0.state == state }?.stage
    }

    /// The states that may follow `state`, in the order of the definition; empty for a final one.
    public func successors(of state: TicketState) -> [TicketState] {
        successors[state] ?? []
    }

    public func allows(_ from: TicketState, to target: TicketState) -> Bool {
        successors(of: from).contains(target)
    }
}
