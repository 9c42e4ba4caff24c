import Domain
import Foundation
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

    @Test(
        "Steps, tiers and names are in the bounds of the API",
        arguments: [
            (#"{"after":1,"drop_from":0}"#, "drop_from of a step must be from 1 to 9"),
            (#"{"after":1,"drop_from":10}"#, "drop_from of a step must be from 1 to 9"),
            (#"{"after":1,"min_level_down":5}"#, "min_level_down of a step must be from 0 to 4"),
            (#"{"after":1,"min_level_down":-1}"#, "min_level_down of a step must be from 0 to 4"),
            (#"{"after":1,"tier":10}"#, "tier of a step must be from 0 to 9"), (#"{"after":31622401}"#, "after of a step must be from 0 to 31622400"),
            (#"{"after":-1}"#, "after of a step must be from 0 to 31622400"), (#"{"after":1},{"after":1}"#, "two steps begin after 1 seconds"),
            ((0...20).map { #"{"after":\#($0)}"# }.joined(separator: ","), "more than 20 steps"),
            (#"{"after":0,"drop_from":9,"tier":9,"min_level_down":4},{"after":31622400,"drop_from":1}"#, nil),
        ]
    )
    func boundsOfSteps(_ row: (steps: String, error: String?)) throws {
        #expect(try Self.error(#"{"now":0,"agents":[],"tickets":[],"steps":[\#(row.steps)]}"#) == row.error)
    }

    @Test(
        "Names are not empty, and what goes together comes together",
        arguments: [
            (#""agents":[{"id":""}],"tickets":[]"#, "id of an agent must not be empty"),
            (#""agents":[],"tickets":[{"id":""}]"#, "id of a ticket must not be empty"),
            (#""agents":[{"id":"a","skills":{"":1}}],"tickets":[]"#, "name of a skill must not be empty"),
            (#""agents":[],"tickets":[{"id":"t","optional":{"":1}}]"#, "name of a skill must not be empty"),
            (#""agents":[{"id":"a","tier":10}],"tickets":[]"#, #"tier of agent "a" must be from 0 to 9"#),
            (#""agents":[{"id":"a","service_areas":[""]}],"tickets":[]"#, #"service_areas of agent "a" must not be empty"#),
            (#""agents":[{"id":"a","latitude":1}],"tickets":[]"#, #"latitude and longitude of agent "a" go together"#),
            (#""agents":[],"tickets":[{"id":"t","latitude":91,"longitude":0}]"#, #"latitude of ticket "t" must be from -90 to 90"#),
            (#""agents":[],"tickets":[{"id":"t","latitude":0,"longitude":-180.5}]"#, #"longitude of ticket "t" must be from -180 to 180"#),
            (#""agents":[],"tickets":[],"sticky_wait_seconds":604801"#, "sticky_wait_seconds of the line must be from 0 to 604800"),
            (#""agents":[],"tickets":[],"boost_minutes":10081"#, "boost_minutes of the line must be from -10080 to 10080"),
            (#""agents":[],"tickets":[],"vip_boost_minutes":-1"#, "vip_boost_minutes of the line must be from 0 to 10080"),
            (#""agents":[],"tickets":[],"default_target_seconds":0"#, "default_target_seconds of the line must be from 1 to 31622400"),
        ]
    )
    func otherBounds(_ row: (members: String, error: String)) throws {
        #expect(try Self.error(#"{"now":0,\#(row.members)}"#) == row.error)
    }

    @Test(
        "Mode, order, areas, places and limits are those of the dispatcher",
        arguments: [
            // From the ticket, b is one degree away and a ten.
            (
                #""mode":"nearest","agents":[{"id":"a","latitude":10,"longitude":0},{"id":"b","latitude":0,"longitude":-1}],"#
                    + #""tickets":[{"id":"t","latitude":0,"longitude":0}]"#, ["t": "b"]
            ),
            (
                #""agents":[{"id":"a","service_areas":["south"]},{"id":"b","service_areas":[]}],"tickets":[{"id":"t","service_area":"north"}]"#,
                ["t": "b"]
            ),
            (
                #""vip_boost_minutes":1,"agents":[{"id":"a","capacity":1}],"tickets":[{"id":"old","eligible_at":50},{"id":"vip","vip":true}]"#,
                ["vip": "a"]
            ),
            (#""agents":[{"id":"a","capacity":1}],"tickets":[{"id":"old","eligible_at":50},{"id":"vip","vip":true}]"#, ["old": "a"]),
            (
                #""strict":true,"agents":[{"id":"a","capacity":1}],"tickets":[{"id":"old","eligible_at":-90000},{"id":"p1","priority":1}]"#,
                ["p1": "a"]
            ),
            (
                #""order_by":"deadline","agents":[{"id":"a","capacity":1}],"tickets":[{"id":"p1","priority":1},{"id":"due","due_at":200}]"#,
                ["due": "a"]
            ),
            (
                #""order_by":"deadline","default_target_seconds":60,"agents":[{"id":"a","capacity":1}],"tickets":[{"id":"none"},{"id":"due","due_at":200}]"#,
                ["none": "a"]
            ),
            (#""sticky_wait_seconds":60,"agents":[{"id":"a"},{"id":"b","load":5}],"tickets":[{"id":"t","preferred":"b","eligible_at":41}]"#, [:]),
            (
                #""sticky_wait_seconds":60,"agents":[{"id":"a"},{"id":"b","load":5}],"tickets":[{"id":"t","preferred":"b","eligible_at":40}]"#,
                ["t": "a"]
            ),
            (
                #""agents":[{"id":"a","assignments_left":1},{"id":"b","ramp_up_capacity":1}],"tickets":[{"id":"1"},{"id":"2"},{"id":"3"}]"#,
                ["1": "a", "2": "b"]
            ),
        ]
    )
    func whatTheDispatcherKnows(_ row: (members: String, assignments: [String: String])) throws {
        let input = try JSONDecoder().decode(RouteEvaluationInput.self, from: Data(#"{"now":100,\#(row.members)}"#.utf8))
        #expect(try RouteEvaluation.evaluate(input).assignments == row.assignments)
    }

    private static func error(_ line: String) throws -> String? {
        let input = try JSONDecoder().decode(RouteEvaluationInput.self, from: Data(line.utf8))
        do throws(RouteEvaluationError) {
            _ = try RouteEvaluation.evaluate(input)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func strangersInPreferredAndExcludedChangeNothing() throws {
        let ticket = Self.ticket("t") {
            $0.preferred = "nobody"
            $0.excluded = ["someone"]
        }
        #expect(try RouteEvaluation.evaluate(RouteEvaluationInput(now: 0, agents: [Self.agent("a")], tickets: [ticket])).assignments == ["t": "a"])
    }
}
