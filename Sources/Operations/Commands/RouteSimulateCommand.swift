import ArgumentParser
import Deployment
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

    @Option(help: "Work on the tickets of a recorded day: log, as long as they were in progress there, or drawn. log unless told.")
    var handling: Handling?

    @Option(help: "A desk of your own: a JSON file with agents, shifts, tickets, opening hours and the queue; see docs/cli.md.")
    var desk: String?

    @Option(help: "Seconds until work is to begin, of P1 to P4.")
    var targets = "300,900,3600,14400"

    @Option(help: "A queue of your own besides: a file with what GET /v1/queues/ID answers; how it ranks, asks and weighs is played.")
    var queue: String?

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    enum Handling: String, ExpressibleByArgument {
        case log, drawn
    }

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
            guard handling == nil else { throw ValidationError("--handling goes with --day only.") }
            guard load == nil || arrivalsPerHour == nil else { throw ValidationError("give --load or --arrivals-per-hour, not both.") }
            guard SimulationScenario.ticketRange.contains(tickets ?? 1) else { throw ValidationError("--tickets must be from 1 to 1000000.") }
            // Who works when, and so the load, is known once a desk has been read.
            guard desk != nil || SimulationScenario.loadRange.contains(offeredLoad(staff: Double(agents ?? 20))) else {
                throw ValidationError(Self.loadFault)
            }
        }
    }

    func run() throws {
        let description = try desk.map(SimulatedDeskFile.read)
        let own = try queue.map(SimulatedQueueFile.read)
        guard own == nil || description?.queue == nil else {
            throw CommandFailure("the desk has a queue of its own, and --queue names another", status: 2)
        }
        guard let targets = parsedTargets else { return }
        let scenario = try day.map { try recorded($0, description) } ?? generated(description)
        guard let simulation = RouteSimulation(scenario, seeds: seeds, targets: targets, queue: own) else { return }
        let report = simulation.run()
        print(json ? try encoded(report) : RouteSimulationText.render(report))
    }

    private func generated(_ description: DeskDescription?) throws -> SimulationScenario {
        let described = try description.map { try playable($0) }
        let staff = described?.staff(agents: agents ?? 20) ?? Double(agents ?? 20)
        guard staff > 0 else { throw CommandFailure("\(desk ?? ""): nobody works in the first four weeks", status: 2) }
        guard SimulationScenario.loadRange.contains(offeredLoad(staff: staff)) else { throw CommandFailure(Self.loadFault, status: 2) }
        let scenario = SimulationScenario.generated(
            load: offeredLoad(staff: staff),
            tickets: tickets ?? 20_000,
            agents: agents ?? 20,
            handlingMeanSeconds: handlingMeanS,
            desk: described
        )
        guard let scenario else {
            throw CommandFailure("so many tickets would take more than \(SimulationScenario.longestYears) years; see --tickets", status: 2)
        }
        return scenario
    }

    private func recorded(_ day: String, _ description: DeskDescription?) throws -> SimulationScenario {
        let log = try IncidentLogFile.read(day, status: 2)
        let arrivals = log.incidents.map { incident in
            let work = handling == .drawn ? nil : incident.secondsInProgress
            return RecordedArrival(at: incident.openedAt, priority: incident.priority, group: incident.group, handling: work)
        }
        if let description, let fault = description.faultBesideDay { throw CommandFailure("\(desk ?? ""): \(fault)", status: 2) }
        let beginning = arrivals.first.flatMap { Timestamp(seconds: $0.at) }
        let recorded = SimulationScenario.recorded(
            arrivals,
            groupsByAgent: log.groupsByAgent,
            agents: agents,
            handlingMeanSeconds: handlingMeanS,
            desk: try description.map { try playable($0, from: beginning) }
        )
        guard let recorded else {
            throw CommandFailure("\(day): names \(log.groupsByAgent.count) agents, from 1 to 500 can be played; see --agents", status: 2)
        }
        return recorded
    }

    private func playable(_ description: DeskDescription, from beginning: Timestamp? = nil) throws -> SimulationDesk {
        guard agents == nil || !description.namesAgents else {
            throw CommandFailure("the desk has agents of its own; --agents does not go with it", status: 2)
        }
        do throws(DeskRefusal) {
            return try SimulationDesk(description, zones: ZoneFiles(), from: beginning)
        } catch {
            throw CommandFailure("\(desk ?? ""): \(error)", status: 2)
        }
    }

    private func offeredLoad(staff: Double) -> Double {
        arrivalsPerHour.map { $0 * handlingMeanS / 3_600 / staff } ?? load ?? 0.85
    }

    private static let loadFault =
        "the load must be from 0.05 to 0.99: --load, or arrivals per hour times seconds of work by 3600 times the agents who work at a time."

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
