/// What tickets of a kind ask for.
struct SimulatedKind: Sendable {
    let requirements: SkillRequirements
    var channel = Channel.api
    var type = "incident"
    /// Capacity units; nil is what the queue's weights say.
    var weight: Int?
    /// How many of the tickets are of this kind, beside the shares of the others.
    var share = 1
}
