/// What a level does besides waiting.
public enum EscalationAction: String, CaseIterable, Hashable, Sendable, Codable {
    case notify
    /// Gives the ticket to the first person the level resolves to.
    case reassign
    case raisePriority = "raise_priority"
    case addFollower = "add_follower"
    case webhook
    case startFlow = "start_flow"
}
