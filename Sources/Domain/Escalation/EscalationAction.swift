/// What a level does besides waiting.
public enum EscalationAction: String, CaseIterable, Hashable, Sendable, Codable {
    case notify
    /// Gives the ticket to the first person the level resolves to.
    case reassign
    case raisePriority = "raise_priority"
    /// Lets whom the level resolves to follow the ticket.
    case addFollower = "add_follower"
    case webhook
    /// Asks for the level's flow: a recorded event, which webhooks hear.
    case startFlow = "start_flow"
}
