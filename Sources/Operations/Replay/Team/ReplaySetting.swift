/// The ids that the API has for what a log names.
struct ReplaySetting: Hashable, Sendable {
    var groupIDs: [String: String] = [:]
    /// By the group whose work needs the skill.
    var skillIDs: [String: String] = [:]
    var agentIDs: [String] = []
}
