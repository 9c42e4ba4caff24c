import Domain
import Testing

/// The examples of routing.md, by their ids.
@Suite struct RoutingExamplesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let id: String
        var ticket = Desk.ticket()
        let agents: [RoutingAgent]
        var mode = RoutingMode.balanced
        var age: Int64 = 0
        let expected: String?

        var testDescription: String { id }
    }

    static let full = 5

    static let examples: [Example] = [
        Example(id: "R1", ticket: Desk.ticket(required: ["fr": 1]), agents: [Desk.agent("a"), Desk.agent("b", ["fr": 1])], expected: "b"),
        Example(
            id: "R2",
            ticket: Desk.ticket(required: ["fr": 4]),
            agents: [Desk.agent("a", ["fr": 3]), Desk.agent("b", ["fr": 4])],
            expected: "b"
        ),
        Example(
            id: "R3",
            ticket: Desk.ticket(required: ["de": 1]),
            agents: [Desk.agent("a", ["fr": 3]), Desk.agent("b", ["fr": 4])],
            expected: nil
        ),
        Example(
            id: "R4",
            agents: [Desk.agent("a", load: 1, capacity: 4), Desk.agent("b", load: 2, capacity: 10)],
            mode: .leastLoaded,
            expected: "b"
        ),
        Example(id: "R5", agents: [Desk.agent("a", load: 1, capacity: 1), Desk.agent("b", load: 4)], expected: "b"),
        Example(id: "R6", ticket: Desk.ticket(weight: 3), agents: [Desk.agent("a", load: 3), Desk.agent("b", load: 2)], expected: "b"),
        Example(
            id: "R7",
            agents: [
                Desk.agent("a") {
                    $0.capacity = 8
                    $0.load = 8
                    $0.channelLimits = [ChannelLimit(.api, capacity: 5)]
                }, Desk.agent("b", load: 4),
            ],
            expected: "b"
        ),
        Example(
            id: "R8",
            ticket: Desk.ticket(required: ["fr": 1]),
            agents: [Desk.agent("a", ["fr": 1, "vip": 1, "de": 1], capacity: 10), Desk.agent("b", ["fr": 1], load: 2, capacity: 10)],
            expected: "b"
        ),
        Example(
            id: "R9",
            ticket: Desk.ticket(required: ["fr": 1]),
            agents: [Desk.agent("a", ["fr": 1, "vip": 1, "de": 1], capacity: 10), Desk.agent("b", ["fr": 1], load: 5, capacity: 10)],
            expected: "a"
        ),
        Example(
            id: "R10",
            agents: [Desk.agent("a") { $0.lastAssignedAt = Desk.at(100) }, Desk.agent("b") { $0.lastAssignedAt = Desk.at(50) }],
            expected: "b"
        ),
        Example(id: "R11", agents: [Desk.agent("a") { $0.lastAssignedAt = Desk.at(1) }, Desk.agent("b")], expected: "b"),
        Example(id: "R12", agents: [Desk.agent("b"), Desk.agent("a")], expected: "a"),
        Example(id: "R13", ticket: Desk.ticket(preferred: "b"), agents: [Desk.agent("a"), Desk.agent("b", load: 4)], expected: "b"),
        Example(
            id: "R14",
            ticket: Desk.ticket(preferred: "b"),
            agents: [Desk.agent("a"), Desk.agent("b") { $0.presence = .offline }],
            expected: "a"
        ),
        Example(id: "R15", agents: [Desk.agent("a") { $0.isOnShift = false }, Desk.agent("b")], expected: "b"),
        Example(id: "R16", ticket: Desk.ticket(excluded: ["a"]), agents: [Desk.agent("a"), Desk.agent("b")], expected: "b"),
        Example(id: "R17", ticket: optional, agents: holderFull, age: 299, expected: nil),
        Example(id: "R18", ticket: optional, agents: holderFull, age: 300, expected: "a"),
        Example(
            id: "R19",
            ticket: optional,
            agents: [Desk.agent("a", ["fr": 1]), Desk.agent("b", ["fr": 1, "x": 1]) { $0.presence = .offline }],
            expected: "a"
        ),
        Example(
            id: "R20",
            ticket: Desk.ticket(required: ["fr": 1], optional: ["x": 3, "y": 3]),
            agents: [Desk.agent("a", ["fr": 1]), Desk.agent("b", ["fr": 1, "x": 1], load: 4)],
            age: 300,
            expected: "b"
        ),
        Example(id: "R21 at 899", agents: furtherTier, age: 899, expected: nil),
        Example(id: "R21 at 900", agents: furtherTier, age: 900, expected: "b"),
        Example(id: "R22 at 1799", ticket: Desk.ticket(required: ["fr": 4]), agents: lowerLevel, age: 1_799, expected: nil),
        Example(id: "R22 at 1800", ticket: Desk.ticket(required: ["fr": 4]), agents: lowerLevel, age: 1_800, expected: "b"),
        Example(
            id: "R23",
            ticket: Desk.ticket(required: ["fr": 1]),
            agents: [Desk.agent("a", ["fr": 2]), Desk.agent("b", ["fr": 5], load: 3)],
            mode: .bestSkill,
            expected: "b"
        ),
    ]

    static let optional = Desk.ticket(required: ["fr": 1], optional: ["x": 3])
    static let holderFull = [Desk.agent("a", ["fr": 1]), Desk.agent("b", ["fr": 1, "x": 1], load: full)]
    static let furtherTier = [Desk.agent("a", load: full), Desk.agent("b") { $0.tier = 1 }]
    static let lowerLevel = [Desk.agent("a", ["fr": 4], load: full), Desk.agent("b", ["fr": 2])]

    @Test(arguments: examples) func example(_ example: Example) {
        let result = Desk.match([example.ticket], example.agents, mode: example.mode, steps: Desk.steps, age: example.age)
        #expect(result["t"] == example.expected)
    }

    @Test func o1NewP1AgainstWaitingP3() {
        let one = [Desk.agent("a", capacity: 1)]
        let fresh = Desk.ticket("p1", eligibleAt: 300 * 60, priority: .p1)
        #expect(Desk.match([Desk.ticket("p3", eligibleAt: (300 - 239) * 60), fresh], one, age: 300 * 60) == ["p1": "a"])
        #expect(Desk.match([Desk.ticket("p3", eligibleAt: (300 - 241) * 60), fresh], one, age: 300 * 60) == ["p3": "a"])
    }

    @Test func o2EqualRankOlderFirst() {
        // The P2's boost makes its rank that of the P3, which has waited an hour longer.
        let tickets = [Desk.ticket("a", eligibleAt: 3_600, priority: .p2), Desk.ticket("b", eligibleAt: 0)]
        #expect(tickets[0].rankAt == tickets[1].rankAt)
        #expect(Desk.match(tickets, [Desk.agent("a", capacity: 1)], age: 4_000) == ["b": "a"])
    }

    @Test func o3RequeuedTicketKeepsItsPlace() {
        let requeued = Desk.ticket("z", eligibleAt: 10, excluded: ["b"])
        let newer = Desk.ticket("a", eligibleAt: 11)
        #expect(Desk.match([newer, requeued], [Desk.agent("a", capacity: 1), Desk.agent("b", load: 5)], age: 500) == ["z": "a"])
    }

    @Test func m1AnAugmentingPathServesBoth() {
        let agents = [Desk.agent("g", ["x": 1, "y": 1], capacity: 1), Desk.agent("s", ["x": 1, "q": 1, "r": 1], capacity: 1)]
        let tickets = [Desk.ticket("t1", required: ["x": 1]), Desk.ticket("t2", required: ["y": 1], eligibleAt: 1)]
        #expect(Desk.match([tickets[0]], agents, age: 1) == ["t1": "g"])
        #expect(Desk.match(tickets, agents, age: 1) == ["t1": "s", "t2": "g"])
    }

    @Test func m2ALowerRankNeverDisplacesAHigherOne() {
        let agents = [Desk.agent("g", ["x": 1, "y": 1], capacity: 1)]
        let tickets = [Desk.ticket("t1", required: ["x": 1]), Desk.ticket("t2", required: ["y": 1], eligibleAt: 1)]
        #expect(Desk.match(tickets, agents, age: 1) == ["t1": "g"])
    }

    @Test("Room that an exchange of unequal weights makes counts at once: the next ticket goes to the better agent")
    func roomAfterAnExchange() {
        let agents = [
            Desk.agent("a", ["s": 1, "h": 1, "o": 1], capacity: 3),
            Desk.agent("b", ["s": 1], capacity: 5) { $0.tier = 1 },
            Desk.agent("c", ["h": 1], capacity: 3) { $0.tier = 1 },
        ]
        let tickets = [
            Desk.ticket("t1", required: ["h": 1], weight: 3), Desk.ticket("t2", required: ["s": 1]),
            Desk.ticket("t3", required: ["o": 1], weight: 2), Desk.ticket("t4", required: ["s": 1]),
        ]
        let steps = [RelaxationStep(afterSeconds: 10, tier: 1)]
        #expect(Desk.match(tickets, agents, steps: steps, age: 20) == ["t1": "c", "t2": "b", "t3": "a", "t4": "a"])
    }

    @Test("Room that the last exchanges of a batch make is not forgotten, however many there were before")
    func roomAfterManyExchanges() {
        // Each pair exchanges once: `u` makes way for the lighter `m`, and leaves room behind.
        var (agents, tickets): ([RoutingAgent], [RoutingTicket]) = ([], [])
        for name in (0..<25).map({ "\($0)" }) {
            agents.append(Desk.agent("y" + name, ["u" + name: 1, "m" + name: 1], capacity: 2))
            agents.append(Desk.agent("z" + name, ["u" + name: 1], capacity: 2) { $0.tier = 1 })
            tickets.append(Desk.ticket("u" + name, required: ["u" + name: 1], weight: 2))
            tickets.append(Desk.ticket("m" + name, required: ["m" + name: 1], eligibleAt: 10))
        }
        agents.append(Desk.agent("y", ["u": 1, "w": 1, "m": 1], capacity: 4))
        agents.append(Desk.agent("z", ["u": 1], capacity: 4) { $0.tier = 1 })
        agents.append(Desk.agent("d", ["d": 1]))
        // Two exchanges make room for `w`, one does not: it finds none until `m` has come.
        tickets.append(Desk.ticket("u", required: ["u": 1], weight: 2, eligibleAt: 1))
        tickets.append(Desk.ticket("v", required: ["u": 1], weight: 2, eligibleAt: 2))
        tickets.append(Desk.ticket("w", required: ["w": 1], weight: 3, eligibleAt: 3))
        tickets.append(Desk.ticket("m", required: ["m": 1], eligibleAt: 20))
        tickets.append(Desk.ticket("d", required: ["d": 1], eligibleAt: 30))
        let result = Desk.match(tickets, agents, steps: [RelaxationStep(afterSeconds: 10, tier: 1)], age: 1_000)
        #expect(result["w"] == "y")
        #expect(result.count == tickets.count)
    }
}
