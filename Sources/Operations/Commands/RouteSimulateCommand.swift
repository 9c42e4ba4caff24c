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
        abstract: "Plays generated arrivals or a recorded day through the routing rules and through simpler ones, for comparison."
    )

    @Option(help: "Offered work divided by the desk's capacity, from 0.05 to 0.99; 0.85 unless told.")
    var load: Double?

    @Option(help: "Instead of the load: how many tickets arrive in an hour.")
    var arrivalsPerHour: Double?

    @Option(help: "How many times to play, each with numbers of its own; 1 to 1000.")
    var seeds = 10

    @Option(help: "Tickets that arrive each time, 1 to 1000000; 20000 unless told.")
    var tickets: Int?

    @Option(help: "How many agents there are, 1 to 500; 20 unless told, with --day those of the log.")
    var agents: Int?

    @Option(help: "Seconds of work on a ticket, on average; exponential, 1 to 86400.")
    var handlingMeanS = 600.0

    @Option(help: "A recorded day instead: an incident log as for `docket replay incidents`.")
    var day: String?

    @Option(help: "Seconds until work is to begin, of P1 to P4.")
    var targets = "300,900,3600,14400"

    @Option(help: "A queue of your own besides: a file with what GET /v1/queues/ID answers; its mode, steps and order are played.")
    var queue: String?

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func validate() throws {
        guard parsedTargets != nil else { throw ValidationError("--targets must be four numbers of seconds above 0, such as 300,900,3600,14400.") }
        guard RouteSimulation.seedRange.contains(seeds) else { throw ValidationError("--seeds must be from 1 to 1000.") }
        guard SimulationScenario.agentRange.contains(agents ?? 1) else { throw ValidationError("--agents must be from 1 to 500.") }
        guard SimulationScenario.handlingRange.contains(handlingMeanS) else { throw ValidationError("--handling-mean-s must be from 1 to 86400.") }
        if day != nil {
            guard load == nil, arrivalsPerHour == nil, tickets == nil else {
                throw ValidationError("a recorded day has its own arrivals: --load, --arrivals-per-hour and --tickets do not go with --day.")
            }
        } else {
            guard load == nil || arrivalsPerHour == nil else { throw ValidationError("give --load or --arrivals-per-hour, not both.") }
            guard SimulationScenario.ticketRange.contains(tickets ?? 1) else { throw ValidationError("--tickets must be from 1 to 1000000.") }
            guard SimulationScenario.loadRange.contains(offeredLoad) else {
                throw ValidationError("the load must be from 0.05 to 0.99: --load, or arrivals per hour times seconds of work by 3600 times agents.")
            }
        }
    }

    func run() throws {
        let own = try queue.map(SimulatedQueueFile.read)
        guard let targets = parsedTargets else { return }
        guard let simulation = RouteSimulation(try scenario(), seeds: seeds, targets: targets, queue: own) else { return }
        let report = simulation.run()
        print(json ? try encoded(report) : RouteSimulationText.render(report))
    }

    private func scenario() throws -> SimulationScenario {
        guard let day else {
            let generated = SimulationScenario.generated(
                load: offeredLoad,
                tickets: tickets ?? 20_000,
                agents: agents ?? 20,
                handlingMeanSeconds: handlingMeanS
            )
            guard let generated else { throw CommandFailure("no such load", status: 2) }
            return generated
        }
        let log = try IncidentLogFile.read(day, status: 2)
        let arrivals = log.incidents.map { RecordedArrival(at: $0.openedAt, priority: $0.priority, group: $0.group) }
        let recorded = SimulationScenario.recorded(
            arrivals,
            groupsByAgent: log.groupsByAgent,
            agents: agents,
            handlingMeanSeconds: handlingMeanS
        )
        guard let recorded else {
            throw CommandFailure("\(day): names \(log.groupsByAgent.count) agents, from 1 to 500 can be played; see --agents", status: 2)
        }
        return recorded
    }

    private var offeredLoad: Double {
        guard let arrivalsPerHour else { return load ?? 0.85 }
        return arrivalsPerHour * handlingMeanS / 3_600 / Double(agents ?? 20)
    }

    private var parsedTargets: SimulationTargets? {
        let parts = targets.split(separator: ",", omittingEmptySubsequences: false)
        let seconds = parts.compactMap { Int($0) }
        return seconds.count == parts.count ? SimulationTargets(seconds) : nil
    }

    private func encoded(_ report: RouteSimulationReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}
