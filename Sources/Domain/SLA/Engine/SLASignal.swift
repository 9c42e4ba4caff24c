/// Something that happened to a ticket and that clocks care about; made from the ticket's events, in their order.
public struct SLASignal: Hashable, Sendable {
    public enum Author: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
        case customer
        case agent
    }

    public enum Kind: Hashable, Sendable {
        /// The first signal of every ticket. `importedAt` is when a backdated ticket was recorded: what was due by then is suppressed.
        case created(by: Author, importedAt: Timestamp? = nil)
        /// A public message of the customer.
        case customerMessage
        /// A public reply of an agent.
        case agentReply(isBot: Bool = false)
        /// An internal note of an agent.
        case internalNote
        /// The ticket entered a state; the name is for pauses that a policy sets for a single state.
        case stateEntered(StateCategory, name: String? = nil)
        case stageEntered(SLAStage?)
        case priorityChanged(Priority)
        /// The policy that matches now and the calendar that applies with it (``SLACalendarChoice``); nil: no policy matches. `keepsRules` is false in
        /// histories from before the rules of a withdrawn policy went on holding (decision 0037); `followsEdits` in those in which a prospective policy froze what was
        /// counted with each edit of its calendar (decision 0066).
        case policyChanged(SLAPolicyReference?, calendar: CalendarReference?, keepsRules: Bool = true, followsEdits: Bool = true)
        /// The ticket belongs to another organization; clocks do not change by it, reports and penalties tell whose they were.
        case organizationChanged(OrganizationID?)
        case groupAssigned(GroupID?)
        /// Anything else that an agent did.
        case agentAction
        /// This ticket was merged into another one.
        case merged
        /// Another ticket was merged into this one; its oldest unanswered customer message. `honoursPauses` is false in histories from before a clock that begins in
        /// the past came to stand still there as it would have then (decision 0059).
        case absorbed(oldestUnanswered: Timestamp?, honoursPauses: Bool = true)
        /// One of the policy's cancel conditions is met. `precedesState` is false in histories from before a state that meets it came to cancel what it would have
        /// stopped (decision 0050); `followsPolicy` in those from before a policy's first clocks came to be cancelled by it instead of never being promised.
        case cancelConditionMet(precedesState: Bool = true, followsPolicy: Bool = true)
    }

    public let at: Timestamp
    public let kind: Kind

    public init(at: Timestamp, _ kind: Kind) {
        self.at = at
        self.kind = kind
    }

    /// The order in which signals of one instant take effect: stop, cancel, retarget, pause, start or resume (sla.md).
    var rank: Int {
        switch kind {
        case .created: 0
        case .agentReply, .internalNote, .agentAction, .groupAssigned, .stageEntered: 1
        case .stateEntered(let category, _): category.isUnsolved ? (category == .pending || category == .hold ? 4 : 5) : 1
        case .merged, .cancelConditionMet: Self.cancelRank
        case .priorityChanged, .policyChanged, .organizationChanged: 3
        case .customerMessage, .absorbed: 6
        }
    }

    static let cancelRank = 2

    /// Whether it cancels what a policy of the same instant promises.
    var isFollowingPolicy: Bool { if case .cancelConditionMet(_, let followsPolicy) = kind { followsPolicy } else { false } }

    /// Whether it cancels what a state of the same instant would stop.
    var isPrecedingState: Bool { if case .cancelConditionMet(let precedesState, _) = kind { precedesState } else { false } }

    /// Whether a clock may begin in the past by it, for which the past must be known (``SLAPast``).
    public var asksForPast: Bool { if case .absorbed = kind { true } else { false } }

    /// Signals that say what holds now: of several at one instant only the last counts, because the others hold for no time.
    var slot: Int? {
        switch kind {
        case .stateEntered: 0
        case .stageEntered: 1
        case .priorityChanged: 2
        case .policyChanged: 3
        case .groupAssigned: 4
        case .organizationChanged: 5
        default: nil
        }
    }
}
