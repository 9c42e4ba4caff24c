import Testing

@testable import Domain

/// Who could take a ticket "whatever their load" (routing.md B): with nothing else to do, but with the capacity that he has.
@Suite struct RoutingCeilingTests {
    private static let toTierOne = [RelaxationStep(afterSeconds: 300, tier: 1)]

    private static func outcome(_ agents: [RoutingAgent], _ ticket: RoutingTicket, steps: [RelaxationStep] = [], sticky: Int = 0, age: Int64 = 0)
        -> String
    {
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(steps: steps, stickyWaitSeconds: sticky))
        let explained = pool.explain(ticket, now: Desk.at(age)) { _ in "" }
        let result = pool.match([ticket], now: Desk.at(age))
        let agent = result.assignments.first?.agent
        #expect(explained.winner == agent && explained.waitsBecause == result.waiting.first?.reason)
        #expect(explained.stepUsed == result.assignments.first?.step ?? result.waiting.first?.step)
        return agent.map { Desk.name($0.low) } ?? result.waiting.first?.reason.rawValue ?? ""
    }

    private static func call(weight: Int = 1, preferred: String? = nil) -> RoutingTicket {
        let agent = preferred.map(Desk.agentID)
        return RoutingTicket(
            id: Desk.ticketID("t"),
            eligibleAt: Desk.at(0),
            rankAt: Desk.at(0),
            channel: .phone,
            weight: weight,
            preferredAgent: agent
        )
    }

    @Test("Who is too small for a ticket with nothing to do could not take it: nobody else is unroutable, a later step is used at once")
    func tooSmall() {
        let heavy = Desk.ticket(weight: 3)
        let small = Desk.agent("a", capacity: 2)
        #expect(Self.outcome([small], heavy) == "unroutable")
        #expect(Self.outcome([small, Desk.agent("b") { $0.tier = 1 }], heavy, steps: Self.toTierOne) == "b")
        #expect(Self.outcome([small, Desk.agent("b", load: 5) { $0.tier = 1 }], heavy, steps: Self.toTierOne) == "no_capacity")
        #expect(Self.outcome([small, Desk.agent("b", load: 3)], heavy) == "no_capacity")
        // Light tickets beside it find the small agent.
        #expect(Desk.match([heavy, Desk.ticket("light")], [small]) == ["light": "a"])
        #expect(Self.outcome([Desk.agent("a", capacity: 0)], Desk.ticket()) == "unroutable")
    }

    @Test("A channel's own capacity counts like the whole; another channel's does not")
    func channels() {
        func agent(_ capacity: Int, on channel: Channel = .phone) -> RoutingAgent {
            Desk.agent("a") { $0.channelLimits = [ChannelLimit(channel, capacity: capacity)] }
        }
        #expect(Self.outcome([agent(0)], Self.call()) == "unroutable")
        #expect(Self.outcome([agent(1)], Self.call(weight: 2)) == "unroutable")
        #expect(Self.outcome([agent(1)], Self.call()) == "a")
        #expect(Self.outcome([agent(0, on: .email)], Self.call()) == "a")
        let onlyWhole = Desk.agent("a", capacity: 1) { $0.channelLimits = [ChannelLimit(.phone, capacity: 9)] }
        #expect(Self.outcome([onlyWhole], Self.call(weight: 2)) == "unroutable")
    }

    @Test("Ramp-up, wrap-up and rate limits are of the moment, as the load is")
    func moments() {
        let changes: [@Sendable (inout RoutingAgent) -> Void] = [{ $0.rampUpCapacity = 1 }, { $0.isWrappingUp = true }, { $0.assignmentsLeft = 0 }]
        for change in changes { #expect(Self.outcome([Desk.agent("a", change: change)], Desk.ticket(weight: 3)) == "no_capacity") }
    }

    @Test("Nothing is kept for a preferred agent who is too small for it")
    func sticky() {
        let small = Desk.agent("b", load: 1, capacity: 2)
        #expect(Self.outcome([Desk.agent("a"), small], Desk.ticket(weight: 2, preferred: "b"), sticky: 60) == "held_for_preferred")
        #expect(Self.outcome([Desk.agent("a"), small], Desk.ticket(weight: 3, preferred: "b"), sticky: 60) == "a")
        let silent = Desk.agent("b") { $0.channelLimits = [ChannelLimit(.phone, capacity: 0)] }
        #expect(Self.outcome([Desk.agent("a"), silent], Self.call(preferred: "b"), sticky: 60) == "a")
    }

    @Test("The reasons of a ticket that is too heavy for everybody are capacities, and a decision counts whom it was too heavy for")
    func reasons() throws {
        let agents = [
            Desk.agent("a", capacity: 2), Desk.agent("b") { $0.channelLimits = [ChannelLimit(.api, capacity: 1)] },
            Desk.agent("c", capacity: 1) { $0.channelLimits = [ChannelLimit(.api, capacity: 5)] },
        ]
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules())
        let heavy = Desk.ticket(weight: 3)
        #expect(pool.refusals(of: heavy, now: Desk.at(0)).map(\.refusal) == [.capacity, .capacity, .universalCapacity])

        let team = agents + [Desk.agent("d", capacity: 10)]
        var matching = RoutingPool(agents: team, rules: RoutingQueueRules())
        let tickets = [heavy, Desk.ticket("u", weight: 3), Desk.ticket("v")]
        let result = matching.match(tickets, now: Desk.at(0))
        var records = RecordedDecisions(agents: team, rules: RoutingQueueRules(), count: result.assignments.count, now: Desk.at(0))
        for assignment in result.assignments.prefix(2) {
            let ticket = try #require(tickets.first { $0.id == assignment.ticket })
            let others = try #require(records.next(assignment, of: ticket).others.flatMap { RoutingOthers($0) { _ in "" } })
            #expect(others.decidedBy == .onlyCandidate && others.eligible == 0)
            #expect(others.refused == ["capacity": 2, "universal_capacity": 1])
        }
    }

    @Test("An agent who declined could still take it: no further step opens before its time, and the round ends instead")
    func declinesOpenNoStep() {
        let agents = [Desk.agent("a"), Desk.agent("b") { $0.tier = 1 }]
        let declined = Desk.ticket(excluded: ["a"])
        #expect(Self.outcome(agents, declined, steps: Self.toTierOne) == "everyone_excluded")
        #expect(Self.outcome(agents, declined, steps: Self.toTierOne, age: 299) == "everyone_excluded")
        #expect(Self.outcome(agents, declined, steps: Self.toTierOne, age: 300) == "b")
        // Who declined and is gone could not.
        #expect(Self.outcome([Desk.agent("a") { $0.presence = .offline }, agents[1]], declined, steps: Self.toTierOne) == "b")
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(steps: Self.toTierOne))
        #expect(pool.match([declined], now: Desk.at(0)).waiting.first?.nextStepAt == Desk.at(300))
    }
}
