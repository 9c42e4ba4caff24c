import Domain
import Testing

@Suite struct RouteEvaluationTests {
    static func agent(_ id: String, _ change: (inout RouteEvaluationInput.Agent) -> Void = { _ in }) -> RouteEvaluationInput.Agent {
        var agent = RouteEvaluationInput.Agent(id: id)
        change(&agent)
        return agent
    }

    static func ticket(_ id: String, _ change: (inout RouteEvaluationInput.Ticket) -> Void = { _ in }) -> RouteEvaluationInput.Ticket {
        var ticket = RouteEvaluationInput.Ticket(id: id)
        change(&ticket)
        return ticket
    }

    @Test func assignsAndNamesReasonsAfterTheBatch() throws {
        let input = RouteEvaluationInput(
            now: 100,
            agents: [
                Self.agent("b") {
                    $0.skills = ["fr": 3]
                    $0.capacity = 1
                }, Self.agent("a"),
            ],
            tickets: [
                Self.ticket("t2") {
                    $0.required = ["fr": 1]
                    $0.eligibleAt = 50
                },
                Self.ticket("t1") {
                    $0.required = ["fr": 1]
                    $0.eligibleAt = 10
                },
            ]
        )
        let output = try RouteEvaluation.evaluate(input)
        #expect(output.assignments == ["t1": "b"])
        #expect(output.unassigned == ["t2": ["a": "skill:fr", "b": "capacity"]])
    }

    @Test func tiesFallInTheOrderOfTheTexts() throws {
        let input = RouteEvaluationInput(now: 0, agents: ["a2", "a10", "B"].map { Self.agent($0) }, tickets: [Self.ticket("t")])
        #expect(try RouteEvaluation.evaluate(input).assignments == ["t": "B"])
    }

    @Test func badInputIsRefusedWithItsReason() {
        func error(_ agents: [RouteEvaluationInput.Agent], _ tickets: [RouteEvaluationInput.Ticket], now: Double = 0) -> String? {
            do throws(RouteEvaluationError) {
                _ = try RouteEvaluation.evaluate(RouteEvaluationInput(now: now, agents: agents, tickets: tickets))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(error([Self.agent("a"), Self.agent("a")], []) == "agent \"a\" is given twice")
        #expect(error([], [Self.ticket("t"), Self.ticket("t")]) == "ticket \"t\" is given twice")
        #expect(error([Self.agent("a") { $0.skills = ["fr": 6] }], []) == "level of \"fr\" of agent \"a\" must be from 1 to 5")
        #expect(error([Self.agent("a") { $0.capacity = -1 }], []) == "capacity of agent \"a\" must be from 0 to 1000000")
        #expect(error([], [Self.ticket("t") { $0.weight = 0 }]) == "weight of ticket \"t\" must be from 1 to 1000000")
        #expect(error([], [Self.ticket("t") { $0.priority = 5 }]) == "priority of ticket \"t\" must be from 1 to 4")
        #expect(error([], [Self.ticket("t") { $0.optional = ["x": 10] }]) == "drop rank of \"x\" of ticket \"t\" must be from 1 to 9")
        #expect(error([], [], now: .nan)?.hasPrefix("now of the line must be from") == true)
        #expect(error((0...RouteEvaluation.limit).map { Self.agent("\($0)") }, []) == "more than 20000 agents")
        let many = (0..<2_500).map(String.init)
        #expect(error(many.map { Self.agent($0) }, many.map { Self.ticket($0) }) == "more than 5000000 pairs of a ticket and an agent")
    }

    @Test func strangersInPreferredAndExcludedChangeNothing() throws {
        let ticket = Self.ticket("t") {
            $0.preferred = "nobody"
            $0.excluded = ["someone"]
        }
        #expect(try RouteEvaluation.evaluate(RouteEvaluationInput(now: 0, agents: [Self.agent("a")], tickets: [ticket])).assignments == ["t": "a"])
    }
}
