import Foundation
import Testing

@testable import Domain

/// Desks whose agents keep hours, are of tiers, and are asked (`docket route simulate --desk`). Times are minutes after midnight (UTC) of a Monday.
@Suite struct DescribedDeskTests {
    private static let day = #""starts_at":"2026-03-02T00:00:00Z""#
    private static let minute: Int64 = 60_000_000

    private static func hours(_ name: String, _ from: String, _ to: String) -> String {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { #""\#($0)":[["\#(from)","\#(to)"]]"# }
        return #""\#(name)":{"tz":"UTC","weekly":{\#(days.joined(separator: ","))}}"#
    }

    private func desk(_ text: String) throws -> SimulationDesk {
        try SimulationDesk(try JSONDecoder().decode(DeskDescription.self, from: Data(text.utf8)), zones: ZoneFiles())
    }

    private func scenario(_ text: String) throws -> SimulationScenario {
        let desk = try desk(text)
        return SimulationScenario(
            members: desk.members,
            kinds: desk.kinds.isEmpty ? [SimulatedKind(requirements: SkillRequirements())] : desk.kinds,
            source: .recorded([]),
            arrivalsPerHour: 1,
            drawnMeanSeconds: 1,
            desk: desk
        )
    }

    /// - Parameter tickets: when they come in, and how long the work takes, in minutes.
    private func play(
        _ scenario: SimulationScenario,
        _ rule: RouteSimulationRule,
        _ tickets: [(at: Int64, work: Int64)],
        priority: Priority = .p3
    ) -> SimulatedDesk {
        var desk = SimulatedDesk(scenario, rule: rule, seed: 1)
        desk.play(
            tickets.enumerated().map { number, ticket in
                let at = scenario.start.adding(microseconds: ticket.at * Self.minute)
                return scenario.arrival(number, at: at, kind: 0, priority: priority, handling: Double(ticket.work * Self.minute))
            }
        )
        return desk
    }

    private func minutes(_ desk: SimulatedDesk) -> [Int64] { desk.waits.map { $0 / Self.minute } }

    @Test("Where a description says nothing, the figures are those of the made-up desk")
    func nothingSaid() throws {
        let plain = try #require(SimulationScenario.generated(load: 0.85, tickets: 800))
        let described = try #require(SimulationScenario.generated(load: 0.85, tickets: 800, desk: try desk("{}")))
        #expect(try #require(RouteSimulation(plain, seeds: 2)).run() == (try #require(RouteSimulation(described, seeds: 2)).run()))
    }

    @Test("At a shift's end what was not begun goes to others with its place kept; what was begun goes on in the next shift")
    func shifts() throws {
        let calendars = #""calendars":{\#(Self.hours("early", "08:00", "12:00")),\#(Self.hours("late", "12:00", "16:00"))}"#
        let scenario = try scenario(#"{\#(Self.day),\#(calendars),"agents":[{"calendar":"early"},{"calendar":"late"}]}"#)
        for rule in RouteSimulationRule.allCases where rule != .queue {
            // 11:50 for half an hour, and 11:55; 07:00 waits for the early shift, 20:00 for the next day's.
            let desk = play(scenario, rule, [(420, 5), (710, 30), (715, 10), (1_200, 1)])
            // On the next day twenty minutes are left of the second ticket, and the fourth begins behind them.
            #expect(minutes(desk) == [60, 0, 5, 740], "\(rule)")
            // In hours that were open until then, not in all: 4 h 21 min of the early shift, 4 h of the late one.
            let busy = desk.busyFractions.map { ($0 * 10_000).rounded() }
            #expect(busy == [1_379, 417], "\(rule)")
            #expect(desk.unserved.isEmpty)
        }
    }

    @Test("The share begun in time is that of a count by hand, of each priority and of all; to begin at the target is in time")
    func keptTargets() throws {
        let scenario = try scenario(#"{\#(Self.day),"agents":[{"capacity":1}]}"#)
        // One agent, half an hour of work each, from 08:00 on: they begin after 0, 25, 50 and 75 minutes.
        var desk = SimulatedDesk(scenario, rule: .queue, seed: 1)
        desk.play(
            [Priority.p1, .p1, .p2, .p2].enumerated().map { number, priority in
                let at = scenario.start.adding(microseconds: Int64(480 + 5 * number) * Self.minute)
                return scenario.arrival(number, at: at, kind: 0, priority: priority, handling: Double(30 * Self.minute))
            }
        )
        #expect(minutes(desk).sorted() == [0, 25, 50, 75])
        for (targets, p1, p2, all) in [
            ([1_500, 3_000, 1, 1], 1.0, 0.5, 0.75), ([1_499, 2_999, 1, 1], 0.5, 0, 0.25), ([1_499, 4_500, 1, 1], 0.5, 1, 0.75),
        ] {
            var tally = SimulationTally(targets: try #require(SimulationTargets(targets)))
            tally.add(desk)
            let outcome = tally.outcome
            #expect(outcome.sla == all && outcome.priorities["P1"]?.sla == p1 && outcome.priorities["P2"]?.sla == p2, "\(targets)")
            #expect(outcome.priorities["P1"]?.tickets == 2 && outcome.priorities["P2"]?.tickets == 2)
        }
    }

    @Test("While the queue is closed nobody gets its tickets, and waits count its open time")
    func openingHours() throws {
        let scenario = try scenario(
            #"{\#(Self.day),"calendars":{\#(Self.hours("open", "08:00", "12:00"))},"queue":{"calendar":"open"},"agents":[{"capacity":1}]}"#
        )
        // 07:00; 08:10 behind it; 13:00, which waits until the next day.
        let desk = play(scenario, .queue, [(420, 30), (490, 10), (780, 10)])
        #expect(minutes(desk) == [0, 20, 0])
    }

    @Test("When the queue opens, the urgent ones are handed out before those that are not, however many they are")
    func opening() throws {
        let calendars = #""calendars":{\#(Self.hours("open", "08:00", "12:00"))}"#
        let scenario = try scenario(#"{\#(Self.day),\#(calendars),"queue":{"calendar":"open"},"agents":[{"count":2}]}"#)
        for rule in RouteSimulationRule.allCases {
            var desk = SimulatedDesk(scenario, rule: rule, seed: 1)
            desk.play(
                (0..<8).map { number in
                    let at = scenario.start.adding(microseconds: Int64(number) * Self.minute)
                    return scenario.arrival(number, at: at, kind: 0, priority: number < 2 ? .p4 : .p2, handling: Double(10 * Self.minute))
                }
            )
            // Six units of room: three pairs one behind the other, then the P4.
            #expect(desk.waitsByPriority[.p2]?.map { $0 / Self.minute }.sorted() == [0, 0, 10, 10, 20, 20], "\(rule)")
            #expect(desk.waitsByPriority[.p4]?.map { $0 / Self.minute } == [30, 30], "\(rule)")
        }
    }

    @Test("A further tier gets tickets from its step on; the simple rules know no tiers")
    func tiers() throws {
        let scenario = try scenario(#"{"agents":[{"capacity":1},{"capacity":1,"tier":1}],"queue":{"steps":[{"after":600,"tier":1}]}}"#)
        #expect(minutes(play(scenario, .queue, [(0, 60), (0, 60)])) == [0, 10])
        #expect(play(scenario, .balanced, [(0, 60), (0, 60)]).waits == [0, 0])
    }

    @Test("Who declines is asked again after a minute, thrice; then the ticket is assigned, or waits for a claim")
    func nobodyWants() throws {
        func played(_ noTaker: String) throws -> SimulatedDesk {
            let people = #""people":{"accept_percent":0,"decline_percent":100,"answer_mean_s":0}"#
            return play(try scenario(#"{"agents":[{}],"queue":{"offer_seconds":60,"no_taker":"\#(noTaker)"},\#(people)}"#), .queue, [(0, 1)])
        }
        let assigned = try played("assign")
        #expect(assigned.offerCounts == OfferCounts(made: 3, declined: 3, timedOut: 0, noTaker: 1))
        #expect(minutes(assigned) == [3])
        let waiting = try played("wait")
        #expect(waiting.waits.isEmpty && waiting.unserved == [.p3: 1] && waiting.offerCounts.noTaker == 1)
    }

    @Test("Silence is a miss, and too many of them a break")
    func silence() throws {
        let people = #""people":{"accept_percent":0,"away_s":600}"#
        // A call: one miss is too many, and nobody is asked for longer than two minutes.
        let text = #"{"agents":[{}],"tickets":[{"channel":"phone"}],"queue":{"offer_seconds":900},\#(people)}"#
        let desk = play(try scenario(text), .queue, [(0, 1)])
        #expect(desk.offerCounts == OfferCounts(made: 3, declined: 0, timedOut: 3, noTaker: 1))
        // Three times two minutes of silence, ten of a break, and one before the next round: while nobody is there, nobody is excluded.
        #expect(minutes(desk) == [39])
    }

    @Test("An offer to whom goes home is taken back: no miss, and the next one is asked")
    func offerAtShiftEnd() throws {
        let calendars = #""calendars":{\#(Self.hours("early", "08:00", "12:00")),\#(Self.hours("late", "12:00", "16:00"))}"#
        let people = #""people":{"accept_percent":0}"#
        let agents = #""agents":[{"calendar":"early"},{"calendar":"late"}]"#
        let scenario = try scenario(#"{\#(Self.day),\#(calendars),\#(agents),"queue":{"offer_seconds":3600},\#(people)}"#)
        // 11:30, until 12:30 if nobody went home. The other lets his hour pass thrice, with a minute or a break in between.
        let desk = play(scenario, .queue, [(690, 5)])
        #expect(desk.offerCounts.made == 4 && desk.offerCounts.timedOut == 3 && desk.offerCounts.declined == 0)
        #expect(desk.unserved.isEmpty)
    }

    @Test("An offer holds capacity and the agent's turn, and leaves neither")
    func offersLeaveNothing() throws {
        let people = #""people":{"accept_percent":50,"decline_percent":50,"answer_mean_s":20}"#
        let scenario = try scenario(#"{"agents":[{"count":3}],"queue":{"mode":"round_robin","offer_seconds":60},\#(people)}"#)
        let desk = play(scenario, .queue, (0..<200).map { ($0 * 3, 8) })
        #expect(desk.waits.count == 200 && desk.unserved.isEmpty)
        #expect(desk.pool.slots.allSatisfy { $0.load == 0 } && desk.offers.isEmpty)
        #expect(desk.offerCounts.declined > 50)
    }

    @Test("A queue's weights say what tickets weigh, unless the tickets say it")
    func weights() throws {
        let weights = #""weights":[{"conditions":[{"field":"priority","op":"equals","value":1}],"weight":2}]"#
        let scenario = try scenario(#"{"agents":[{"capacity":2}],"tickets":[{},{"weight":3}],"queue":{\#(weights)}}"#)
        func weight(_ kind: Int, _ priority: Priority) -> Int {
            scenario.arrival(1, at: scenario.start, kind: kind, priority: priority, handling: 1).ticket.content.weight
        }
        let weighed = [weight(0, .p1), weight(0, .p2), weight(1, .p1)]
        #expect(weighed == [2, 1, 3])
        // One at a time of weight 2, and nobody can have the heavier kind at all.
        let desk = play(scenario, .queue, [(0, 10), (0, 10)], priority: .p1)
        #expect(minutes(desk) == [0, 10])
    }

    @Test("The load is that of the hours that agents work, also where tickets come in only while the queue is open")
    func load() throws {
        let calendars = #""calendars":{\#(Self.hours("open", "08:00", "18:00")),\#(Self.hours("half", "08:00", "13:00"))}"#
        let agents = #""agents":[{"count":4,"calendar":"open"},{"count":4,"calendar":"half"}]"#
        let desk = try desk(#"{\#(Self.day),"arrivals":"while_open",\#(calendars),\#(agents),"queue":{"calendar":"open"}}"#)
        #expect(abs(desk.staff(agents: 20) - 2.5) < 1e-9)
        let scenario = try #require(SimulationScenario.generated(load: 0.6, tickets: 3_000, desk: desk))
        #expect(scenario.agentCount == 8 && abs(scenario.load - 0.6) < 1e-9 && abs(scenario.arrivalsPerHour - 9) < 1e-9)
        let arrivals = scenario.arrivals(seed: 1)
        let minutesOfDay = arrivals.map { $0.at.microseconds(since: scenario.start) / Self.minute % 1_440 }
        #expect(minutesOfDay.allSatisfy { 480...1_080 ~= $0 })
        let hours = Double(try #require(arrivals.last).at.microseconds(since: scenario.start)) / 3_600_000_000
        let perHour = 3_000 / hours
        #expect(abs(perHour - 9) < 0.9)
        for rule in RouteSimulationRule.allCases {
            var played = SimulatedDesk(scenario, rule: rule, seed: 1)
            played.play(arrivals)
            #expect(played.waits.count == 3_000 && played.unserved.isEmpty)
            let busy = played.busyFractions.reduce(0, +) / 8
            #expect(abs(busy - 0.6) < 0.15, "\(rule): \(busy)")
        }
    }

    @Test("With shifts, too, the rules wait less than random")
    func shiftsAtEightyFivePercent() throws {
        let calendars = #""calendars":{\#(Self.hours("day", "00:00", "12:00")),\#(Self.hours("night", "12:00", "24:00"))}"#
        let skills = [#"{"a":3}"#, #"{"b":3}"#, #"{"a":3,"b":3}"#]
        let agents = skills.flatMap { skills in ["day", "night"].map { #"{"count":4,"skills":\#(skills),"calendar":"\#($0)"}"# } }
        let tickets = #""tickets":[{"required":{"a":2}},{"required":{"b":2}}]"#
        let desk = try desk(#"{\#(Self.day),\#(calendars),"agents":[\#(agents.joined(separator: ","))],\#(tickets)}"#)
        let scenario = try #require(SimulationScenario.generated(load: 0.85, tickets: 4_000, desk: desk))
        let rules = try #require(RouteSimulation(scenario, seeds: 4)).run().rules
        let (balanced, random) = (try #require(rules["balanced"]), try #require(rules["random"]))
        #expect(balanced.waitMeanSeconds < random.waitMeanSeconds * 0.8)
        #expect(balanced.unserved == 0 && balanced.offers == nil)
    }

    @Test("A recorded day keeps the work that it tells, within bounds, and its dates")
    func recordedWork() throws {
        let monday: Int64 = 1_772_409_600
        let description = try JSONDecoder().decode(
            DeskDescription.self,
            from: Data(#"{"calendars":{\#(Self.hours("early", "08:00", "12:00"))},"agents":[{"skills":{"net":2},"calendar":"early"}]}"#.utf8)
        )
        #expect(description.faultBesideDay == nil)
        let desk = try SimulationDesk(description, zones: ZoneFiles(), from: Timestamp(seconds: monday))
        let day = [
            RecordedArrival(at: monday, priority: .p2, group: "net", handling: 5),
            RecordedArrival(at: monday + 60, priority: .p2, group: "net", handling: 1_000_000),
            RecordedArrival(at: monday + 120, priority: .p2, group: "none"),
        ]
        let scenario = try #require(SimulationScenario.recorded(day, groupsByAgent: [:], handlingMeanSeconds: 10, desk: desk))
        let arrivals = scenario.arrivals(seed: 1)
        let handling = arrivals.map(\.handling).dropLast()
        #expect(handling == [60_000_000, 28_800_000_000])
        #expect(arrivals.map(\.kind) == [0, 0, 1])
        #expect(arrivals.first?.at == Timestamp(seconds: monday))
        let mean = (60.0 + 28_800 + 10) / 3
        #expect(abs(scenario.handlingMeanSeconds - mean) < 1e-9)
        var played = SimulatedDesk(scenario, rule: .balanced, seed: 1)
        played.play(arrivals)
        #expect(minutes(played) == [480, 480, 3_359])
    }
}
