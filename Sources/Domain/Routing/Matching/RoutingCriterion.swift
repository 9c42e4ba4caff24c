/// What decided between the winner and the agent ranked next (routing.md D).
public enum RoutingCriterion: String, Hashable, Sendable, Codable {
    case preferred
    case tier
    case optionalSkills = "optional_skills"
    case skillLevels = "skill_levels"
    case distance
    case loadBand = "load_band"
    case surplusSkills = "surplus_skills"
    case load
    case lastAssigned = "last_assigned"
    case agentID = "agent_id"
    /// Nobody else was eligible.
    case onlyCandidate = "only_candidate"
    /// Another agent ranks before the winner: tickets of the batch were exchanged, so that more of them find somebody (routing.md E).
    case exchange
}
