import Foundation
import Testing

@testable import Domain

@Suite struct RouteSimulationTests {
    private func simulation(load: Double = 0.85, seeds: Int, tickets: Int) throws -> RouteSimulation {
        let scenario = try #require(SimulationScenario.generated(load: load, tickets: tickets))
        return try #require(RouteSimulation(scenario, seeds: seeds))
    }

    @Test func theSameSeedsGiveTheSameReport() throws {
        let simulation = try simulation(seeds: 2, tickets: 1_500)
        let report = simulation.run()
        #expect(report == simulation.run())
        #expect(abs(report.load - 0.85) < 1e-9 && report.agents == 20)
        #expect(Set(report.rules.keys) == ["balanced", "random", "round_robin", "fewest_open"])
        for outcome in report.rules.values {
            #expect(outcome.waitMeanSeconds <= outcome.waitMaxSeconds && outcome.waitP95Seconds <= outcome.waitMaxSeconds)
            #expect((0...1).contains(outcome.jain) && (0...1).contains(outcome.skillMatch) && (0...1).contains(outcome.sla))
            #expect(outcome.priorities.keys.sorted() == ["P1", "P2", "P3", "P4"])
            #expect(outcome.priorities.values.reduce(0) { $0 + $1.tickets } == 3_000)
            #expect(outcome.priorities.values.map(\.waitMaxSeconds).max() == outcome.waitMaxSeconds)
            #expect((outcome.waitMeanInterval ?? 0) > 0)
        }
    }

    @Test("At 85 % load the rules wait a third less than random, and the interval leaves no doubt")
    func balancedWaitsLessThanRandom() throws {
        let report = try simulation(seeds: 6, tickets: 6_000).run()
        let balanced = try #require(report.rules["balanced"])
        let random = try #require(report.rules["random"])
        #expect(balanced.waitMeanSeconds <= random.waitMeanSeconds * 2 / 3)
        let (upper, lower) = (try #require(balanced.waitMeanInterval), try #require(random.waitMeanInterval))
        #expect(balanced.waitMeanSeconds + upper < random.waitMeanSeconds - lower)
        #expect(balanced.skillMatch > random.skillMatch)
        #expect(balanced.sla > random.sla)
    }

    private static func queue(_ text: String) throws -> SimulatedQueue {
        try JSONDecoder().decode(SimulatedQueue.self, from: Data(text.utf8))
    }

    @Test("A queue of one's own plays beside the rules; with their steps it is the balanced one")
    func ownQueue() throws {
        let scenario = try #require(SimulationScenario.generated(load: 0.9, tickets: 3_000))
        func rules(_ queue: String) throws -> [String: RouteSimulationReport.Outcome] {
            try #require(RouteSimulation(scenario, seeds: 2, queue: try Self.queue(queue))).run().rules
        }
        let same = try rules(#"{"id":"x","mode":"balanced","steps":[{"after":0,"drop_from":1}],"strict":false,"order_by":"rank"}"#)
        #expect(same.count == 5 && same["queue"] == same["balanced"])
        let strict = try rules(#"{"steps":[{"after":0,"drop_from":1}],"strict":true}"#)
        let (own, balanced) = (try #require(strict["queue"]), try #require(strict["balanced"]))
        #expect(try #require(own.priorities["P4"]).waitMaxSeconds > (try #require(balanced.priorities["P4"]).waitMaxSeconds))
        // Wishes are kept for an hour: more agents fit, and tickets wait longer for them, but each is served in the end.
        let patient = try #require(try rules(#"{"steps":[{"after":3600,"drop_from":1}]}"#)["queue"])
        #expect(patient.skillMatch > balanced.skillMatch && patient.waitMeanSeconds > balanced.waitMeanSeconds)
        #expect(patient.priorities.values.reduce(0) { $0 + $1.tickets } == 6_000)
    }

    @Test("A queue of one's own reads one class a priority: a new P1 that waits for its step hides no older ticket whose step has come")
    func newUrgentTicketsHideNobody() throws {
        let (wish, hour) = (SimulationScenario.skill(1), Int64(3_600_000_000))
        var speaker = RoutingAgent(id: AgentID(high: 0, low: 1), capacity: 1)
        speaker.skills = [SkillLevel(wish, level: 1)]
        let scenario = SimulationScenario(
            members: [speaker, RoutingAgent(id: AgentID(high: 0, low: 2), capacity: 1)].map { SimulationDesk.Member(agent: $0) },
            kinds: [SimulatedKind(requirements: SkillRequirements(optional: [OptionalSkill(wish, dropRank: 1)]))],
            source: .recorded([]),
            arrivalsPerHour: 1,
            drawnMeanSeconds: 1
        )
        func arrival(_ number: Int, _ seconds: Int64, _ priority: Priority, handling: Int64) -> SimulatedDesk.Arrival {
            scenario.arrival(number, at: Timestamp(microseconds: seconds * 1_000_000), kind: 0, priority: priority, handling: Double(handling))
        }
        let queue = try Self.queue(#"{"steps":[{"after":600,"drop_from":1}]}"#)
        var desk = SimulatedDesk(scenario, rule: .queue, seed: 1, queue: queue)
        // The speaker has the first for ten hours. The second may go to his colleague after 600 s, the urgent one 299 s later.
        desk.play([
            arrival(1, 0, .p3, handling: 10 * hour), arrival(2, 1, .p3, handling: hour), arrival(3, 300, .p1, handling: hour),
        ])
        #expect(desk.waitsByPriority[.p3] == [0, 600_000_000])
        // When the colleague is done.
        #expect(desk.waitsByPriority[.p1] == [601_000_000 + hour - 300_000_000])
    }

    @Test("What is no queue is refused", arguments: [#"{"mode":"best"}"#, #"{"steps":[{"after":-1}]}"#, #"{"steps":[{}]}"#, "[]"])
    func noQueue(text: String) {
        #expect(throws: (any Error).self) { try Self.queue(text) }
    }

    @Test("Under load the higher priorities wait less")
    func priorities() throws {
        let report = try simulation(load: 0.97, seeds: 3, tickets: 4_000).run()
        let waits = try #require(report.rules["balanced"]).priorities.sorted { $0.key < $1.key }.map(\.value.waitMeanSeconds)
        try #require(waits.count == 4)
        // P1 and P2 hardly wait in the queue: both wait for what their agent has begun, which nobody overtakes.
        #expect(max(waits[0], waits[1]) < waits[2] && waits[2] < waits[3], "\(waits)")
    }

    @Test func everyTicketIsServedAndAtLowLoadAtOnce() throws {
        let scenario = try #require(SimulationScenario.generated(load: 0.05, tickets: 1_000))
        for rule in RouteSimulationRule.allCases where rule != .queue {
            var desk = SimulatedDesk(scenario, rule: rule, seed: 3)
            desk.play(scenario.arrivals(seed: 3))
            #expect(desk.waits.count == 1_000)
            // The rules that look at loads do not queue a ticket behind another while somebody suitable is idle.
            if rule == .balanced || rule == .fewestOpen { #expect(desk.waits.filter { $0 == 0 }.count > 990) }
        }
    }

    @Test("The load follows from arrivals, handling time and agents", arguments: [1, 7, 20, 45])
    func loads(agents: Int) throws {
        let scenario = try #require(SimulationScenario.generated(load: 0.5, tickets: 3_000, agents: agents, handlingMeanSeconds: 120))
        #expect(scenario.agentCount == agents && abs(scenario.load - 0.5) < 1e-9)
        let arrivals = scenario.arrivals(seed: 1)
        let hours = Double(try #require(arrivals.last).at.microseconds) / 3_600_000_000
        #expect(abs(Double(arrivals.count) / hours / scenario.arrivalsPerHour - 1) < 0.1)
        var desk = SimulatedDesk(scenario, rule: .balanced, seed: 1)
        desk.play(arrivals)
        #expect(desk.waits.count == arrivals.count, "somebody can do everything that is asked for")
        #expect(abs(desk.busyFractions.reduce(0, +) / Double(agents) - 0.5) < 0.08)
    }

    @Test("A recorded day keeps its times, priorities and groups; a group without agents is anybody's")
    func recorded() throws {
        let day = [
            RecordedArrival(at: 1_060, priority: .p1, group: "network"), RecordedArrival(at: 1_000, priority: .p3, group: "desk"),
            RecordedArrival(at: 1_060, priority: .p4, group: "vanished"), RecordedArrival(at: 1_120, priority: .p2, group: nil),
        ]
        let scenario = try #require(SimulationScenario.recorded(day, groupsByAgent: ["ann": ["network"], "bob": ["desk", "printers"]]))
        let arrivals = scenario.arrivals(seed: 1)
        #expect(arrivals.map(\.at.microseconds) == [0, 60_000_000, 60_000_000, 120_000_000])
        #expect(arrivals.map(\.priority) == [.p3, .p1, .p4, .p2])
        #expect(arrivals.map { $0.ticket.content.skills.required.count } == [1, 1, 0, 0])
        #expect(scenario.agentCount == 2)
        for rule in RouteSimulationRule.allCases where rule != .queue {
            var desk = SimulatedDesk(scenario, rule: rule, seed: 1)
            desk.play(arrivals)
            #expect(desk.waits.count == 4)
        }
        let dealt = try #require(SimulationScenario.recorded(day, groupsByAgent: [:], agents: 3))
        #expect(dealt.agentCount == 3 && dealt.members.map(\.agent.skills.count) == [2, 2, 2])
        #expect(SimulationScenario.recorded(day, groupsByAgent: [:]) == nil)
        #expect(SimulationScenario.recorded([], groupsByAgent: ["ann": []]) == nil)
    }

    @Test func intervalsFollowStudentsDistribution() throws {
        var estimate = SimulationEstimate()
        estimate.add(10)
        #expect(estimate.mean == 10 && estimate.interval == nil)
        for value in [12.0, 14] { estimate.add(value) }
        // Deviation 2, two degrees of freedom.
        #expect(estimate.mean == 12)
        #expect(abs(try #require(estimate.interval) - 4.303 * 2 / 3.0.squareRoot()) < 1e-9)
    }

    @Test(arguments: [
        (0.0, 1, 1, 600.0), (1.0, 1, 1, 600), (.nan, 1, 1, 600), (0.5, 0, 1, 600), (0.5, 1_000_001, 1, 600), (0.5, 1, 0, 600), (0.5, 1, 501, 600),
        (0.5, 1, 1, .nan),
    ])
    func argumentsAreBounded(load: Double, tickets: Int, agents: Int, handling: Double) throws {
        #expect(SimulationScenario.generated(load: load, tickets: tickets, agents: agents, handlingMeanSeconds: handling) == nil)
    }

    @Test(arguments: [0, 1_001]) func seedsAreBounded(seeds: Int) throws {
        let scenario = try #require(SimulationScenario.generated(load: 0.5, tickets: 1))
        #expect(RouteSimulation(scenario, seeds: seeds) == nil)
    }

    @Test func exponentialNumbersHaveMeanAndVarianceOne() {
        var generator = SplitMix64(seed: 11)
        let numbers = (0..<200_000).map { _ in generator.exponential() }
        let mean = numbers.reduce(0, +) / 200_000
        #expect(abs(mean - 1) < 0.01)
        #expect(abs(numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200_000 - 1) < 0.03)
    }
}
