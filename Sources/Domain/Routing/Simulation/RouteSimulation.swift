/// `docket route simulate`: what the rules do to a desk under a generated load or a recorded day, beside simpler rules on the same load.
///
/// The distance between the rules depends on the model. Here agents hold up to three tickets and do one at a time, so a bad choice leaves a
/// ticket behind another. Were each to hold only one, all rules would wait within a few per cent of each other at load 0.85.
public struct RouteSimulation: Sendable {
    public static let seedRange = 1...1_000

    public let scenario: SimulationScenario
    public let seeds: Int
    public let targets: SimulationTargets

    /// - Parameter queue: instead of the desk's own; either plays as one more rule, `queue`.
    /// - Returns: nil for no seeds or too many.
    public init?(_ scenario: SimulationScenario, seeds: Int = 10, targets: SimulationTargets = SimulationTargets(), queue: SimulatedQueue? = nil) {
        guard Self.seedRange.contains(seeds) else { return nil }
        self.scenario = queue.map(scenario.with) ?? scenario
        self.seeds = seeds
        self.targets = targets
    }

    /// Plays the same arrivals and handling times through each rule, for each seed.
    public func run() -> RouteSimulationReport {
        var tallies: [RouteSimulationRule: SimulationTally] = [:]
        for seed in 1...seeds {
            let arrivals = scenario.arrivals(seed: UInt64(seed))
            for rule in RouteSimulationRule.allCases where rule != .queue || scenario.desk.queue != nil {
                var desk = SimulatedDesk(scenario, rule: rule, seed: UInt64(seed))
                desk.play(arrivals)
                tallies[rule, default: SimulationTally(targets: targets)].add(desk)
            }
        }
        return RouteSimulationReport(
            load: scenario.load,
            agents: scenario.agentCount,
            arrivalsPerHour: scenario.arrivalsPerHour,
            handlingMeanSeconds: scenario.handlingMeanSeconds,
            seeds: seeds,
            tickets: scenario.ticketCount,
            rules: Dictionary(uniqueKeysWithValues: tallies.map { ($0.key.rawValue, $0.value.outcome) })
        )
    }
}
