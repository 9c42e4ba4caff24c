import Testing

@testable import Domain

/// What is kept of a decision, against what an explanation at that moment would have said (routing.md D).
@Suite struct RecordedDecisionsTests {
    static func read(_ text: String?) -> RoutingOthers? {
        text.flatMap { RoutingOthers($0) { Desk.name($0.low) } }
    }

    /// Each agent's part in an explanation, without the winner's, in the words of a record.
    static func expected(_ explanation: RoutingExplanation, winner: AgentID) -> [String] {
        explanation.agents.filter { $0.agent != winner }.map { verdict in
            let rank = verdict.rank.map { "load=\($0.load)/\($0.capacity)" }
            return "\(Desk.name(verdict.agent.low)) \(verdict.refusal ?? rank ?? "-")"
        }
    }

    static func recorded(_ others: RoutingOthers) -> [String] {
        others.named.map { verdict in
            let load = verdict.rank?.split(separator: " ").first { $0.hasPrefix("load=") }
            return "\(Desk.name(verdict.agent.low)) \(verdict.refusal ?? load.map(String.init) ?? "-")"
        }
    }

    @Test("A record of any batch says of each assignment what an explanation would have said", arguments: [RoutingMode.balanced, .bestSkill])
    func likeTheExplanation(mode: RoutingMode) throws {
        var exchanges = 0
        for seed in UInt64(1)...300 {
            let example = RoutingPropertyTests.Case(seed: seed, agents: 5, tickets: 5)
            let rules = RoutingQueueRules(mode: mode, steps: Desk.steps)
            let now = Desk.at(Int64(RoutingPropertyTests.age))
            let assignments = example.run(mode: mode).assignments
            var agents = example.agents
            var records = RecordedDecisions(agents: agents, rules: rules, count: assignments.count, now: now)
            for assignment in assignments {
                let ticket = try #require(example.tickets.first { $0.id == assignment.ticket })
                var pool = RoutingPool(agents: agents, rules: rules)
                let then = pool.explain(ticket, now: now) { Desk.name($0.low) }
                let text = records.next(assignment, of: ticket).others
                let others = try #require(Self.read(text), "seed \(seed)")
                let verdicts = Self.expected(then, winner: assignment.agent)
                #expect(Self.recorded(others).sorted() == verdicts.sorted(), "seed \(seed)")
                #expect(others.count == verdicts.count && others.eligible == then.agents.count { $0.rank != nil } - 1, "seed \(seed)")
                if then.winner == assignment.agent {
                    #expect(others.decidedBy == then.decidedBy && Self.recorded(others) == verdicts, "seed \(seed)")
                } else {
                    exchanges += 1
                    #expect(others.decidedBy == .exchange, "seed \(seed)")
                }
                let index = try #require(agents.firstIndex { $0.id == assignment.agent })
                agents[index].load += assignment.weight
                agents[index].lastAssignedAt = assignment.assignedAt
            }
        }
        #expect(exchanges > 0)
    }

    @Test("Of a large batch each record stays small and still counts everybody; the runner-up is named first")
    func bounds() throws {
        let agents = (0..<1_000).map { number in
            var agent = RoutingAgent(id: AgentID(high: 7, low: UInt64(number)), capacity: 5)
            agent.load = number % 7
            if number.isMultiple(of: 11) { agent.presence = .offline }
            if number.isMultiple(of: 13) { agent.isOnShift = false }
            if number.isMultiple(of: 17) { agent.isWrappingUp = true }
            return agent
        }
        let tickets = (0..<200).map { number in
            RoutingTicket(id: TicketID(high: 8, low: UInt64(number)), eligibleAt: Desk.at(0), rankAt: Desk.at(0))
        }
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules())
        let assignments = pool.match(tickets, now: Desk.at(1)).assignments
        #expect(assignments.count == 200)
        var records = RecordedDecisions(agents: agents, rules: RoutingQueueRules(), count: assignments.count, now: Desk.at(1))
        for (assignment, ticket) in zip(assignments, tickets) {
            let text = records.next(assignment, of: ticket).others ?? ""
            #expect(text.utf8.count <= RecordedDecisions.bytesRange.lowerBound)
            let others = try #require(Self.read(text))
            #expect(others.count == 999 && others.refused.values.reduce(0, +) > 0)
        }
        var alone = RecordedDecisions(agents: agents, rules: RoutingQueueRules(), count: 1, now: Desk.at(1))
        let text = alone.next(assignments[0], of: tickets[0]).others ?? ""
        #expect((900...RecordedDecisions.bytesRange.upperBound).contains(text.utf8.count))
        let others = try #require(Self.read(text))
        #expect(others.named.count > 15 && others.named.first?.rank?.hasPrefix("tier=0 load=1/5") == true)
    }

    @Test func aTeamsVerdictsWithSkillsByName() throws {
        let agents = [
            Desk.agent("a", ["fr": 3]), Desk.agent("b", ["fr": 3], load: 3), Desk.agent("c"),
            Desk.agent("d", ["fr": 1], load: 5) { $0.presence = .away },
        ]
        let ticket = Desk.ticket(required: ["fr": 2])
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules())
        let assignment = try #require(pool.match([ticket], now: Desk.at(1)).assignments.first)
        var records = RecordedDecisions(agents: agents, rules: RoutingQueueRules(), count: 1, now: Desk.at(1))
        let text = records.next(assignment, of: ticket).others
        let others = try #require(Self.read(text))
        #expect(others.decidedBy == .loadBand && others.eligible == 1 && others.refused == ["skill": 1, "offline": 1])
        #expect(Self.recorded(others) == ["b load=4/5", "c skill:fr", "d offline"])
        #expect(others.named.first?.rank == "tier=0 load=4/5 idle=ever")
    }

    @Test(
        "The winner's rank is told as those of the others are: by the load of the ticket's channel, with levels or metres where the queue ranks by them"
    )
    func theWinnersRank() throws {
        func ranks(_ mode: RoutingMode, _ change: (inout RoutingAgent) -> Void, place: GeoPoint? = nil) throws -> [String] {
            let agents = [Desk.agent("a", ["fr": 4, "de": 2, "vip": 1], load: 3, capacity: 9, change: change)]
            let tickets = ["t", "u"].map { name in
                let needs = SkillRequirements(
                    required: [SkillLevel(Desk.skillID("fr"), level: 2)],
                    optional: [OptionalSkill(Desk.skillID("de"), dropRank: 1)]
                )
                return RoutingTicket(
                    id: Desk.ticketID(name),
                    eligibleAt: Desk.at(0),
                    rankAt: Desk.at(0),
                    requirements: needs,
                    channel: .phone,
                    preferredAgent: name == "u" ? Desk.agentID("a") : nil,
                    location: place
                )
            }
            let rules = RoutingQueueRules(mode: mode)
            var pool = RoutingPool(agents: agents, rules: rules)
            let assignments = pool.match(tickets, now: Desk.at(1)).assignments
            var records = RecordedDecisions(agents: agents, rules: rules, count: assignments.count, now: Desk.at(1))
            return assignments.enumerated().map { records.next($1, of: tickets[$0]).rank }
        }
        let onPhone = { (agent: inout RoutingAgent) in agent.channelLimits = [ChannelLimit(.phone, capacity: 4, load: 1)] }
        let start = "tier=0 optional=1"
        #expect(try ranks(.balanced) { _ in } == ["\(start) surplus=1 load=4/9", "preferred \(start) surplus=1 load=5/9"])
        #expect(try ranks(.balanced, onPhone) == ["\(start) surplus=1 load=2/4", "preferred \(start) surplus=1 load=3/4"])
        #expect(try ranks(.bestSkill) { _ in }.first == "\(start) levels=6 surplus=1 load=4/9")
        let place = GeoPoint(latitudeMicrodegrees: 52_000_000, longitudeMicrodegrees: 13_000_000)
        #expect(try ranks(.nearest, { $0.location = place }, place: place).first == "\(start) metres=0 surplus=1 load=4/9")
    }

    @Test("Nothing but what was recorded is read", arguments: ["", "nonsense", "load eligible", "load eligible=1;x", "load eligible=1;short tier=0"])
    func nonsense(text: String) {
        #expect(Self.read(text) == nil)
    }

    @Test func shortIDsReadBack() {
        var random = SplitMix64(seed: 5)
        let halves = [(UInt64.min, UInt64.min), (.max, .max), (1, 0), (0, 1)] + (0..<500).map { _ in (random.next(), random.next()) }
        for (high, low) in halves {
            let id = AgentID(high: high, low: low)
            var bytes: [UInt8] = []
            id.appendShort(to: &bytes)
            #expect(bytes.count == AgentID.shortLength && AgentID(short: String(decoding: bytes, as: UTF8.self)) == id)
        }
        #expect(AgentID(short: "") == nil && AgentID(short: String(repeating: "-", count: 22)) == nil)
    }
}
