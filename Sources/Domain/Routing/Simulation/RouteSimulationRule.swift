/// How a simulated desk chooses among the eligible agents.
public enum RouteSimulationRule: String, CaseIterable, Hashable, Sendable {
    /// The matcher's own rules.
    case balanced
    case random
    case roundRobin = "round_robin"
    /// The agent with the fewest open tickets, whatever their capacity and skills.
    case fewestOpen = "fewest_open"
    /// As a queue of one's own has it (``SimulatedQueue``), where one is given; only it asks agents first.
    case queue
}
