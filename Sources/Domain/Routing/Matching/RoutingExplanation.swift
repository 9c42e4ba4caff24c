/// Why a ticket goes to an agent, or to nobody: everything a person needs to check the decision (routing.md D).
public struct RoutingExplanation: Hashable, Sendable, Codable {
    /// One agent's part: either the first failing filter or the rank.
    public struct Verdict: Hashable, Sendable, Codable {
        public let agent: AgentID
        public let refusal: String?
        public let rank: Rank?
    }

    /// The rank of an eligible agent, in words of routing.md D; loads are those after the assignment.
    public struct Rank: Hashable, Sendable, Codable {
        public let preferred: Bool
        public let tier: Int
        public let optionalSkillsHeld: Int
        public let sumOfLevels: Int
        /// Upper end in percent: 50, 80 or 100.
        public let loadBand: Int
        public let surplusSkills: Int
        public let load: Int
        public let capacity: Int
        public let lastAssignedAt: Timestamp?
        /// From the agent's place to the ticket's in a straight line, at most 1 ‰ less than over the earth up to 900 km; nil where one has no place.
        public let distanceMeters: Int?
    }

    public let ticket: TicketID
    public let mode: RoutingMode
    public let ageSeconds: Int
    /// The step in force by age: its position and its start.
    public let stepInForce: Int
    /// The step the agents were judged at: later than `stepInForce` where nobody present could have taken the ticket there.
    public let stepUsed: Int
    public let stepUsedAfterSeconds: Int
    /// The eligible agents from the best rank to the worst, then the others in the order of their ids.
    public let agents: [Verdict]
    public let winner: AgentID?
    /// In what the winner was better than the next.
    public let decidedBy: RoutingCriterion?
    /// Why the ticket waits, where there is no winner.
    public let waitsBecause: RoutingWait.Reason?
    /// When the closed queue or site opens; nil where it is open, or never opens again by its calendar.
    public let opensAt: Timestamp?

    /// The same while the queue or the ticket's site is closed, until `opening`: whoever is eligible gets nothing.
    public func whileClosed(_ reason: RoutingWait.Reason, until opening: Timestamp?) -> RoutingExplanation {
        RoutingExplanation(
            ticket: ticket,
            mode: mode,
            ageSeconds: ageSeconds,
            stepInForce: stepInForce,
            stepUsed: stepUsed,
            stepUsedAfterSeconds: stepUsedAfterSeconds,
            agents: agents,
            winner: nil,
            decidedBy: nil,
            waitsBecause: reason,
            opensAt: opening
        )
    }
}
