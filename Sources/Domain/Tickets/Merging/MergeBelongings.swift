/// What a merge ends or hands over beside the ticket itself.
public struct MergeBelongings: Sendable {
    /// The source's consultations that are open.
    public var consultations: [Consultation]
    /// Since when the source's customer waits; nil where he does not.
    public var oldestUnanswered: Timestamp?
    /// Who follows the source and the target.
    public var followers: (source: [AgentID], target: [AgentID])
    /// Customers who follow the source beside its own, and those who follow the target.
    public var requesters: (source: [RequesterID], target: [RequesterID])

    /// The most customers who may follow a ticket beside its own.
    public static let maximumRequesters = 1_000

    public init(
        consultations: [Consultation] = [],
        oldestUnanswered: Timestamp? = nil,
        followers: (source: [AgentID], target: [AgentID]) = ([], []),
        requesters: (source: [RequesterID], target: [RequesterID]) = ([], [])
    ) {
        self.consultations = consultations
        self.oldestUnanswered = oldestUnanswered
        self.followers = followers
        self.requesters = requesters
    }
}
