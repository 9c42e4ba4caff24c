import ArgumentParser
import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket route simulate`.
struct RouteSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays generated arrivals through the routing rules and through simpler ones, for comparison."
    )

    @Option(help: "Offered work divided by the desk's capacity, from 0.05 to 0.99.")
    var load = 0.85

    @Option(help: "How many times to play, each with arrivals of its own; 1 to 1000.")
    var seeds = 10

    @Option(help: "Tickets that arrive each time; 1 to 1000000.")
    var tickets = 20_000

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    func validate() throws {
        guard RouteSimulation(load: load, seeds: seeds, tickets: tickets) != nil else {
            throw ValidationError("--load must be from 0.05 to 0.99, --seeds from 1 to 1000, --tickets from 1 to 1000000.")
        }
    }

    func run() throws {
        guard let simulation = RouteSimulation(load: load, seeds: seeds, tickets: tickets) else { return }
        let report = simulation.run()
        print(json ? try encoded(report) : table(report))
    }

    private func encoded(_ report: RouteSimulationReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    private func table(_ report: RouteSimulationReport) -> String {
        var rows = [["rule", "wait mean s", "wait p95 s", "wait max s", "Jain", "skill match"]]
        for rule in RouteSimulationRule.allCases {
            guard let outcome = report.rules[rule.rawValue] else { continue }
            let waits = [outcome.waitMeanSeconds, outcome.waitP95Seconds, outcome.waitMaxSeconds].map { decimal($0, places: 1) }
            rows.append([rule.rawValue] + waits + [outcome.jain, outcome.skillMatch].map { decimal($0, places: 4) })
        }
        return TextTable.render(rows)
    }

    private func decimal(_ value: Double, places: Int) -> String {
        let scale = places == 1 ? 10.0 : 10_000
        let whole = Int((value * scale).rounded())
        let fraction = String(whole % Int(scale))
        return "\(whole / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
