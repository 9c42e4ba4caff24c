import Testing

@testable import Domain

/// Rules of routing.md that its examples do not show.
@Suite struct RoutingRulesTests {
    static func refusal(_ ticket: RoutingTicket, _ agent: RoutingAgent, age: Int64 = 0) -> String? {
        var pool = RoutingPool(agents: [agent], rules: RoutingQueueRules())
        return pool.refusals(of: ticket, now: Desk.at(age)).first?.refusal.text { Desk.name($0.low) }
    }

    @Test func filtersAreCheckedInOrder() {
        let ticket = RoutingTicket(
            id: Desk.ticketID("t"),
            eligibleAt: Desk.at(0),
            rankAt: Desk.at(0),
            requirements: SkillRequirements(required: [SkillLevel(Desk.skillID("fr"), level: 2)]),
            excludedAgents: [Desk.agentID("a")],
            serviceArea: "north"
        )
        // An agent who fails every filter is repaired one filter at a time.
        var agent = Desk.agent("a", ["fr": 1], load: 5) {
            $0.isMember = false
            $0.presence = .offline
            $0.channelsOff = [.api, .phone]
            $0.isOnShift = false
            $0.tier = 1
            $0.serviceAreas = ["south"]
            $0.channelLimits = [ChannelLimit(.api, capacity: 2, load: 2), ChannelLimit(.phone, capacity: 9)]
            $0.isWrappingUp = true
        }
        #expect(Self.refusal(ticket, agent) == "not_member")
        agent.isMember = true
        #expect(Self.refusal(ticket, agent) == "offline")
        agent.presence = .away
        #expect(Self.refusal(ticket, agent) == "offline")
        agent.presence = .online
        #expect(Self.refusal(ticket, agent) == "channel_off")
        agent.channelsOff = [.phone]
        #expect(Self.refusal(ticket, agent) == "off_shift")
        agent.isOnShift = true
        #expect(Self.refusal(ticket, agent) == "tier")
        agent.tier = 0
        #expect(Self.refusal(ticket, agent) == "excluded")
        let again = RoutingTicket(
            id: ticket.id,
            eligibleAt: ticket.eligibleAt,
            rankAt: ticket.rankAt,
            requirements: ticket.requirements,
            serviceArea: "north"
        )
        #expect(Self.refusal(again, agent) == "skill:fr")
        agent.skills = [SkillLevel(Desk.skillID("fr"), level: 2)]
        #expect(Self.refusal(again, agent) == "out_of_area")
        agent.serviceAreas = ["north"]
        #expect(Self.refusal(again, agent) == "capacity")
        agent.channelLimits[0].load = 0
        #expect(Self.refusal(again, agent) == "universal_capacity")
        agent.load = 0
        #expect(Self.refusal(again, agent) == "cooldown")
        agent.isWrappingUp = false
        agent.rampUpCapacity = 0
        #expect(Self.refusal(again, agent) == "cooldown")
        agent.rampUpCapacity = nil
        agent.assignmentsLeft = 0
        #expect(Self.refusal(again, agent) == "cooldown")
        agent.assignmentsLeft = nil
        #expect(Self.refusal(again, agent) == nil)
    }

    @Test func rateLimitAndRampUpBoundABatch() {
        let tickets = (0..<5).map { Desk.ticket("t\($0)") }
        #expect(Desk.match(tickets, [Desk.agent("a") { $0.assignmentsLeft = 2 }]).count == 2)
        #expect(Desk.match(tickets, [Desk.agent("a") { $0.rampUpCapacity = 3 }]).count == 3)
    }

    @Test func roundRobinGoesOnInsideABatchAndIntoTheNext() {
        var agents = ["a", "b", "c"].map { Desk.agent($0, capacity: 10) }
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: .roundRobin))
        let first = pool.match((0..<4).map { Desk.ticket("t\($0)") }, now: Desk.at(5)).assignments
        #expect(first.map { Desk.name($0.agent.low) } == ["a", "b", "c", "a"])
        #expect(Set(first.map(\.assignedAt)).count == 4)
        for assignment in first {
            guard let index = agents.firstIndex(where: { $0.id == assignment.agent }) else { continue }
            agents[index].lastAssignedAt = assignment.assignedAt
        }
        var next = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: .roundRobin))
        #expect(next.match([Desk.ticket()], now: Desk.at(5)).assignments.map { Desk.name($0.agent.low) } == ["b"])
    }

    @Test(arguments: [(RoutingPresence.online, 5), (.away, 0)]) func stickyTicketWaits(presence: RoutingPresence, load: Int) {
        let agents = [Desk.agent("a"), Desk.agent("b", load: load) { $0.presence = presence }]
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(stickyWaitSeconds: 60))
        let held = pool.match([Desk.ticket(preferred: "b")], now: Desk.at(59)).waiting
        #expect(held.first?.reason == .heldForPreferred)
        #expect(held.first?.nextStepAt == Desk.at(60))
        #expect(pool.match([Desk.ticket(preferred: "b")], now: Desk.at(60)).assignments.first?.agent == Desk.agentID("a"))
    }

    @Test func stickyWaitIsOffByDefaultAndNotForAbsentOrUnfitAgents() {
        #expect(Desk.match([Desk.ticket(preferred: "b")], [Desk.agent("a"), Desk.agent("b", load: 5)]) == ["t": "a"])
        for change: @Sendable (inout RoutingAgent) -> Void in [{ $0.presence = .offline }, { $0.tier = 3 }, { $0.isOnShift = false }] {
            var pool = RoutingPool(agents: [Desk.agent("a"), Desk.agent("b", change: change)], rules: RoutingQueueRules(stickyWaitSeconds: 60))
            #expect(pool.match([Desk.ticket(preferred: "b")], now: Desk.at(1)).assignments.first?.agent == Desk.agentID("a"))
        }
    }

    @Test func waitingReasons() {
        func reason(_ ticket: RoutingTicket, _ agent: RoutingAgent) -> RoutingWait.Reason? {
            var pool = RoutingPool(agents: [agent], rules: RoutingQueueRules(steps: Desk.steps))
            return pool.match([ticket], now: Desk.at(0)).waiting.first?.reason
        }
        #expect(reason(Desk.ticket(), Desk.agent("a", load: 5)) == .noCapacity)
        #expect(reason(Desk.ticket(required: ["de": 1]), Desk.agent("a")) == .unroutable)
        #expect(reason(Desk.ticket(excluded: ["a"]), Desk.agent("a")) == .everyoneExcluded)
    }

    @Test("A round of offers ends where everybody with room was asked, whoever else is merely full; not where nobody has room")
    func roundsEndBesideTheFull() {
        func reasons(_ agents: [RoutingAgent], excluded: [String], asksFirst: Bool = true) -> Set<RoutingWait.Reason?> {
            let ticket = Desk.ticket(excluded: excluded)
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(asksFirst: asksFirst))
            let explained = pool.explain(ticket, now: Desk.at(0)) { _ in "" }.waitsBecause
            return [pool.match([ticket], now: Desk.at(0)).waiting.first?.reason, explained]
        }
        #expect(reasons([Desk.agent("a"), Desk.agent("b", load: 5)], excluded: ["a"]) == [.everyoneExcluded])
        #expect(reasons([Desk.agent("a"), Desk.agent("b") { $0.isWrappingUp = true }], excluded: ["a"]) == [.everyoneExcluded])
        #expect(reasons([Desk.agent("a", load: 5), Desk.agent("b", load: 5)], excluded: ["a"]) == [.noCapacity])
        #expect(reasons([Desk.agent("a"), Desk.agent("b")], excluded: ["a"]) == [nil])
        // Where nobody is asked, whoever gave it back does not get it again for the others being full.
        #expect(reasons([Desk.agent("a"), Desk.agent("b", load: 5)], excluded: ["a"], asksFirst: false) == [.noCapacity])
        #expect(reasons([Desk.agent("a")], excluded: ["a"], asksFirst: false) == [.everyoneExcluded])
        // Where agents are asked on the telephone only, a letter's round does not end because the others are full.
        for (channel, reason) in [(Channel.phone, RoutingWait.Reason.everyoneExcluded), (.email, .noCapacity)] {
            var rules = RoutingQueueRules()
            rules.asks = [.phone]
            var pool = RoutingPool(agents: [Desk.agent("a"), Desk.agent("b", load: 5)], rules: rules)
            let (id, excluded) = (Desk.ticketID("t"), [Desk.agentID("a")])
            let ticket = RoutingTicket(id: id, eligibleAt: Desk.at(0), rankAt: Desk.at(0), channel: channel, excludedAgents: excluded)
            #expect(pool.match([ticket], now: Desk.at(1)).waiting.map(\.reason) == [reason])
        }
        // Who could not take it anyway does not end a round.
        #expect(reasons([Desk.agent("a") { $0.presence = .offline }, Desk.agent("b", load: 5)], excluded: ["a"]) == [.noCapacity])
    }

    @Test("Who had room is judged at the ticket's own turn; once everybody was asked the round ends, whatever they get meanwhile")
    func roundsEndBesideNewerTickets() {
        func match(_ agents: [RoutingAgent], _ tickets: [RoutingTicket]) -> RoutingResult {
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(asksFirst: true))
            return pool.match(tickets, now: Desk.at(2))
        }
        let (old, new) = (Desk.ticket("old", excluded: ["a"]), Desk.ticket("new", eligibleAt: 1))
        let full = Desk.agent("b", load: 5)
        let result = match([Desk.agent("a", capacity: 1), full], [old, new])
        #expect(result.assignments.map(\.ticket) == [new.id])
        #expect(result.waiting.map(\.reason) == [.everyoneExcluded])
        // What comes before it takes the room from it as from everybody.
        let newer = Desk.ticket("old", eligibleAt: 2, excluded: ["a"])
        #expect(match([Desk.agent("a", capacity: 1), full], [newer, new]).waiting.map(\.reason) == [.noCapacity])

        var ending = old
        ending.isRoundEnding = true
        let busy = [Desk.agent("a", load: 1, capacity: 1), full]
        #expect(match(busy, [old]).waiting.map(\.reason) == [.noCapacity])
        #expect(match(busy, [ending]).waiting.map(\.reason) == [.everyoneExcluded])
        var pool = RoutingPool(agents: busy, rules: RoutingQueueRules(asksFirst: true))
        #expect(pool.explain(ending, now: Desk.at(2)) { _ in "" }.waitsBecause == .everyoneExcluded)
        // Whoever was not asked and has room gets it.
        #expect(match([busy[0], Desk.agent("b")], [ending]).assignments.map(\.agent) == [Desk.agentID("b")])
    }

    @Test func relaxationIsCumulativeAndNextStepIsStored() {
        let schedule = RelaxationSchedule([
            RelaxationStep(afterSeconds: 600, tier: 0, levelsDown: 1), RelaxationStep(afterSeconds: 300, dropFrom: 3, tier: 1),
        ])
        #expect(
            schedule.steps == [
                RelaxationStep(afterSeconds: 0), RelaxationStep(afterSeconds: 300, dropFrom: 3, tier: 1),
                RelaxationStep(afterSeconds: 600, dropFrom: 3, tier: 1, levelsDown: 1),
            ]
        )
        #expect(schedule.stepInForce(eligibleAt: Desk.at(100), now: Desk.at(50)) == 0)
        #expect(schedule.nextStepAt(eligibleAt: Desk.at(100), now: Desk.at(399)) == Desk.at(400))
        #expect(schedule.nextStepAt(eligibleAt: Desk.at(100), now: Desk.at(400)) == Desk.at(700))
        #expect(schedule.nextStepAt(eligibleAt: Desk.at(100), now: Desk.at(700)) == nil)
    }

    @Test func rankOrders() {
        let at = Desk.at(100_000)
        #expect(RankOrder.standard.rankAt(eligibleAt: at, priority: .p1) == Desk.at(100_000 - 14_400))
        #expect(RankOrder.standard.rankAt(eligibleAt: at, priority: .p4) == Desk.at(100_000 + 3_600))
        var boosts = RankBoosts()
        boosts.vipSeconds = 10
        boosts.queueSeconds = 5
        #expect(RankOrder.boosted(boosts).rankAt(eligibleAt: at, priority: .p3, isVIP: true) == Desk.at(100_000 - 15))
        let deadline = RankOrder.deadline(defaultTargetSeconds: 50)
        #expect(deadline.rankAt(eligibleAt: at, priority: .p1, dueAt: Desk.at(7)) == Desk.at(7))
        #expect(deadline.rankAt(eligibleAt: at, priority: .p1) == Desk.at(100_050))
        let old = RankOrder.strictPriority.rankAt(eligibleAt: Desk.at(0), priority: .p2)
        #expect(RankOrder.strictPriority.rankAt(eligibleAt: Desk.at(1_000_000_000), priority: .p1) < old)
    }

    @Test func loadByStateAndRampUp() {
        #expect(StateCategory.allCases.map { RoutingLoad.units(weight: 3, in: $0) } == [3, 3, 0, 0, 0, 0])
        #expect(RoutingLoad.units(weight: 3, in: .pending, idlePercent: 50) == 2)
        let minutes: [Int64: Int] = [0: 1, 1: 1, 2: 2, 3: 2, 8: 5]
        for (minute, capacity) in minutes {
            #expect(RoutingLoad.rampUpCapacity(onlineFor: minute * 60_000_000) == capacity)
        }
        #expect(RoutingLoad.rampUpCapacity(onlineFor: 0, rampSeconds: 0) == nil)
    }

    @Test func nearestComparesGreatCircleDistance() throws {
        func point(_ latitude: Int, _ longitude: Int) throws -> GeoPoint {
            try #require(GeoPoint(latitudeMicrodegrees: latitude * 1_000_000, longitudeMicrodegrees: longitude * 1_000_000))
        }
        // From Anchorage, across the date line: Tokyo is nearer than Berlin, and both are nearer than Sydney.
        let place = try point(61, -150)
        let bases = ["a": try point(-34, 151), "b": try point(52, 13), "c": try point(36, 140)]
        func nearest(_ names: [String]) -> String? {
            let agents = names.map { name in Desk.agent(name) { $0.location = bases[name] } } + [Desk.agent("0")]
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: .nearest))
            let ticket = RoutingTicket(id: Desk.ticketID("t"), eligibleAt: Desk.at(0), rankAt: Desk.at(0), location: place)
            return pool.match([ticket], now: Desk.at(0)).assignments.first.map { Desk.name($0.agent.low) }
        }
        #expect(nearest(["a", "b", "c"]) == "c")
        #expect(nearest(["a", "b"]) == "b")
        #expect(nearest([]) == "0")
        // Two who are equally far, east and west: whoever has more room.
        let middle = try #require(GeoPoint(latitudeMicrodegrees: 50_000_000, longitudeMicrodegrees: 8_000_000))
        for (busy, free) in [(7_500_000, 8_500_000), (8_500_000, 7_500_000)] {
            let agents = [("a", busy, 4), ("b", free, 0)].map { name, longitude, load in
                Desk.agent(name, load: load) { $0.location = GeoPoint(latitudeMicrodegrees: 50_000_000, longitudeMicrodegrees: longitude) }
            }
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: .nearest))
            let ticket = RoutingTicket(id: Desk.ticketID("t"), eligibleAt: Desk.at(0), rankAt: Desk.at(0), location: middle)
            #expect(pool.match([ticket], now: Desk.at(0)).assignments.first.map { Desk.name($0.agent.low) } == "b")
        }
        #expect(GeoPoint(latitudeMicrodegrees: 90_000_001, longitudeMicrodegrees: 0) == nil)
        #expect(GeoPoint(latitudeMicrodegrees: .min, longitudeMicrodegrees: 0) == nil)
        // Berlin to Hamburg is 255 km.
        let berlin = try #require(GeoPoint(latitudeMicrodegrees: 52_520_008, longitudeMicrodegrees: 13_404_954))
        let hamburg = try #require(GeoPoint(latitudeMicrodegrees: 53_551_086, longitudeMicrodegrees: 9_993_682))
        #expect(abs(GeoPoint.meters(squaredChord: berlin.squaredChord(to: hamburg)) - 255_250) < 500)
        #expect(GeoPoint.meters(squaredChord: 0) == 0)
        // A right angle: the chord is √2 radii long; half a turn: 2 radii.
        let unit = Int64(1) << 60
        #expect(abs(try point(0, 0).squaredChord(to: point(0, 90)) - 2 * unit) < 1 << 32)
        #expect(abs(try point(0, 0).squaredChord(to: point(0, 180)) - 4 * unit) < 1 << 32)
    }

    @Test func explanationNamesWinnerStepAndReasons() {
        let agents = [
            Desk.agent("a", ["fr": 1]), Desk.agent("b", ["fr": 1, "vip": 1]), Desk.agent("c"), Desk.agent("d", ["fr": 1], load: 5),
        ]
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(steps: Desk.steps))
        let explanation = pool.explain(Desk.ticket(required: ["fr": 1]), now: Desk.at(301)) { Desk.name($0.low) }
        #expect(explanation.winner == Desk.agentID("a"))
        #expect(explanation.decidedBy == .surplusSkills)
        #expect(explanation.stepInForce == 1 && explanation.stepUsed == 1 && explanation.stepUsedAfterSeconds == 300)
        #expect(explanation.agents.map { Desk.name($0.agent.low) } == ["a", "b", "c", "d"])
        #expect(explanation.agents.map(\.refusal) == [nil, nil, "skill:fr", "capacity"])
        let jumped = pool.explain(Desk.ticket(required: ["fr": 3]), now: Desk.at(0)) { Desk.name($0.low) }
        #expect(jumped.stepInForce == 0 && jumped.stepUsed == 4 && jumped.winner == Desk.agentID("a"))
        let nobody = pool.explain(Desk.ticket(required: ["de": 3]), now: Desk.at(0)) { Desk.name($0.low) }
        #expect(nobody.winner == nil && nobody.waitsBecause == .unroutable)
    }

    @Test func theFreedAgentTakesTheOldestEligibleTicket() {
        // features.md D2: newer tickets must not overtake the backlog.
        let backlog = (1...5).map { Desk.ticket("t\($0)", required: ["x": 1], eligibleAt: Int64($0)) } + [Desk.ticket("y", required: ["y": 1])]
        #expect(Desk.match(backlog.reversed(), [Desk.agent("a", ["x": 1], load: 4)], age: 100) == ["t1": "a"])
    }
}
