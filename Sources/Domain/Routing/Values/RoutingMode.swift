/// How a queue ranks the eligible agents (routing.md D).
public enum RoutingMode: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
    case balanced
    case bestSkill = "best_skill"
    case leastLoaded = "least_loaded"
    case roundRobin = "round_robin"
    case nearest
}
