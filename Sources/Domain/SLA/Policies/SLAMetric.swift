/// What a timer measures (sla.md, Timers).
public enum SLAMetric: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
    /// First customer message, or creation, to the first public human agent reply.
    case firstResponse = "first_response"
    /// The oldest unanswered customer message after a first response, to the next agent reply; many instances.
    case nextResponse = "next_response"
    /// From one agent reply to the next; many instances.
    case periodicUpdate = "periodic_update"
    /// The time the requester waits: all of it except while the ticket waits for the customer; cumulative.
    case requesterWait = "requester_wait"
    /// The time agents have the ticket; cumulative.
    case agentWork = "agent_work"
    /// Creation to solving; cumulative.
    case resolution
    /// One group's ownership (an OLA); many instances.
    case groupOwnership = "group_ownership"
    /// One stage: confirm, process, feedback; many instances.
    case stage
    /// The time since an agent last did anything ("not touched for 4 h", features.md A5.6); many instances.
    case agentInactivity = "agent_inactivity"

    /// Whether its clock runs in states of a category (the table of sla.md), pauses that a policy lists aside.
    func runs(in category: StateCategory, _ options: SLAOptions) -> Bool {
        switch self {
        case .firstResponse: category.isUnsolved && !(category == .pending && options.firstResponsePausesInPending)
        case .nextResponse, .resolution, .agentInactivity: category.isUnsolved
        case .periodicUpdate: category.isUnsolved && !(category == .pending && options.periodicUpdatePausesInPending)
        case .requesterWait: category.isUnsolved && category != .pending
        case .agentWork, .groupOwnership: category == .new || category == .open
        case .stage: true
        }
    }

    /// Whether reopening continues the same instance.
    var isCumulative: Bool {
        switch self {
        case .requesterWait, .agentWork, .resolution: true
        case .firstResponse, .nextResponse, .periodicUpdate, .groupOwnership, .stage, .agentInactivity: false
        }
    }
}
