/// `docket route simulate`: what the rules do to a desk under a generated load, beside simpler rules on the same load.
///
/// The distance between the rules depends on the model. Here agents hold up to three tickets and do one at a time, so a bad choice leaves a
/// ticket behind another. Were each to hold only one, all rules would wait within a few per cent of each other at load 0.85.
public struct RouteSimulation: Sendable {
    /// Offered work divided by the desk's capacity, above 0 and below 1.
    public let load: Double
    public let seeds: Int
    /// Arrivals for each seed.
    public let tickets: Int

    /// - Returns: nil for a load outside of 0.05...0.99, for less than 1 or more than 1,000 seeds, or for less than 1 or more than 1,000,000 tickets.
    public init?(load: Double = 0.85, seeds: Int = 10, tickets: Int = 20_000) {
        guard (0.05...0.99).contains(load), (1...1_000).contains(seeds), (1...1_000_000).contains(tickets) else { return nil }
        self.load = load
        self.seeds = seeds
        self.tickets = tickets
    }

    /// Plays the same arrivals and handling times through each rule, for each seed.
    public func run() -> RouteSimulationReport {
        var tallies: [RouteSimulationRule: SimulationTally] = [:]
        for seed in 1...seeds {
            let arrivals = SimulatedDesk.arrivals(count: tickets, load: load, seed: UInt64(seed))
            for rule in RouteSimulationRule.allCases {
                var desk = SimulatedDesk(rule: rule, seed: UInt64(seed))
                desk.play(arrivals)
                tallies[rule, default: SimulationTally()].add(desk)
            }
        }
        return RouteSimulationReport(load: load, rules: Dictionary(uniqueKeysWithValues: tallies.map { ($0.key.rawValue, $0.value.outcome) }))
    }
}
