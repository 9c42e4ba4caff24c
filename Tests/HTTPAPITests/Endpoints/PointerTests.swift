import Domain
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// What is wrong is told at its place: of the body by a pointer, of the address by the parameter's name.
@Suite struct PointerTests {
    @Test("A zone that there is not is told of the parameter tz, and in a body at /tz")
    func zones() async throws {
        try await APIFixture.with { api in
            let span = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
            for (operation, query) in [("getSLAReport", span), ("listPenalties", "month=2026-01"), ("getSLAStatement", "month=2026-01")] {
                let refused = try await api.call(operation, query: query + "&tz=Mars/Olympus")
                #expect(try expectProblem(refused, .validationFailed) == ["tz unknown-zone"])
                #expect(refused.text.contains(#""parameter":"tz""#), "\(refused.text)")
            }
            let body = try await api.call("computePenalties", body: #"{"month":"2026-01","tz":"Mars/Olympus"}"#)
            #expect(try expectProblem(body, .validationFailed) == ["/tz unknown-zone"])
            #expect(body.text.contains(#""pointer":"/tz""#))
            let long = try await api.call("getSLAReport", query: "from=2000-01-01T00:00:00Z&to=2020-01-01T00:00:00Z")
            #expect(try expectProblem(long, .validationFailed) == ["to out-of-range"])
        }
    }

    @Test("A report outside the years that calendars know is told of its end that lies there, and of the periods only where they are too many")
    func years() async throws {
        try await APIFixture.with { api in
            for (query, problem) in [
                ("from=1899-12-31T23:59:59Z&to=1900-02-01T00:00:00Z", "from out-of-range"),
                ("from=2299-12-01T00:00:00Z&to=2300-01-01T00:00:01Z", "to out-of-range"),
                ("from=2300-01-01T00:00:00Z&to=2300-02-01T00:00:00Z", "from out-of-range"),
                ("from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&by=period&period=day", "period out-of-range"),
            ] {
                let refused = try await api.call("getSLAReport", query: query)
                #expect(try expectProblem(refused, .validationFailed) == [problem], "\(query)")
            }
            try await api.succeed("getSLAReport", query: "from=2299-12-01T00:00:00Z&to=2300-01-01T00:00:00Z")
        }
    }

    @Test("When a calendar begins is a time like any other, with as many digits as its sender likes")
    func beginnings() async throws {
        try await APIFixture.with { api in
            let id = try await api.succeed("createCalendar", body: #"{"name":"c","tz":"UTC","weekly":{"mon":[["09:00","17:00"]]}}"#).text("id")
            func replace(_ time: String) async throws -> TestResponse {
                let body = #"{"name":"c","tz":"UTC","weekly":{"mon":[["09:00","17:00"]]},"effective_from":"\#(time)"}"#
                return try await api.call("replaceCalendar", ["calendar_id": id], body: body, headers: [.ifMatch: "*"])
            }
            let refused = try await replace(String(repeating: "x", count: 300))
            #expect(try expectProblem(refused, .validationFailed) == ["/effective_from invalid-format"])
            let long = try await replace("2031-01-01T00:00:00." + String(repeating: "0", count: 300) + "Z")
            #expect(long.status == .ok, "\(long.text)")
        }
    }

    @Test("One half of a place is told at the half that is wrong or missing")
    func places() async throws {
        try await APIFixture.with { api in
            let site = try await api.succeed("createSite", body: #"{"name":"s"}"#).text("id")
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
            let ids = ["ticket_id": ticket, "site_id": site, "agent_id": api.agentOfA.description]
            for operation in ["updateTicket", "updateSite", "updateAgent"] {
                for (body, problem) in [
                    (#"{"latitude":null}"#, "/longitude required"), (#"{"longitude":1}"#, "/latitude required"),
                    (#"{"latitude":null,"longitude":1}"#, "/latitude conflict"), (#"{"latitude":1,"longitude":null}"#, "/longitude conflict"),
                ] {
                    let refused = try await api.call(operation, ids, body: body, headers: [.ifMatch: "*"])
                    #expect(try expectProblem(refused, .validationFailed) == [problem], "\(operation) \(body)")
                }
            }
        }
    }

    @Test("Of a list that is kept in another order, what is wrong is told at the caller's place")
    func sentPlaces() async throws {
        try await APIFixture.with { api in
            let known = try await api.succeed("createSkill", body: #"{"key":"k","name":"K"}"#).text("id")
            let (low, high) = ("00000000-0000-7000-8000-000000000001", "ffffffff-0000-7000-8000-000000000002")
            func skills(_ ids: [String], _ rest: String = #""level":1"#) -> String {
                "[" + ids.map { #"{"skill_id":"\#($0)",\#(rest)}"# }.joined(separator: ",") + "]"
            }
            let required = #""required_skills":\#(skills([high, known, low]))"#
            let wished = #""optional_skills":\#(skills([known, high, low], #""drop_rank":1"#))"#
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x","required_skills":\#(skills([known]))}"#).text("id")
            let agent = ["agent_id": api.agentOfA.description]
            let contract = #""organization_id":"$ORG","number":"1","name":"n","valid_from":"2026-01-01T00:00:00Z","currency":"EUR""#
            let organization = try await api.succeed("createOrganization", body: #"{"name":"o"}"#).text("id")
            let base = #""name":"n","tz":"UTC","starts_on":"2026-01-05","handover":"09:00","shift_hours":24,"members":["\#(api.agentOfA)"]"#
            func override(_ from: Int, _ to: Int, _ agent: String) -> String {
                #"{"from":"2026-05-0\#(from)T00:00:00Z","to":"2026-05-0\#(to)T00:00:00Z","agent_id":"\#(agent)"}"#
            }
            func rota(_ overrides: [String]) -> String { #"{\#(base),"overrides":[\#(overrides.joined(separator: ","))]}"# }
            let own = api.agentOfA.description
            let cases: [(operation: String, path: [String: String], body: String, problems: Set<String>)] = [
                ("createTicket", [:], #"{"subject":"x",\#(required)}"#, ["/required_skills/0/skill_id", "/required_skills/2/skill_id"]),
                ("createTicket", [:], #"{"subject":"x",\#(wished)}"#, ["/optional_skills/1/skill_id", "/optional_skills/2/skill_id"]),
                // What is required already counts once: the places of the others stay the caller's.
                ("updateTicket", ["ticket_id": ticket], "{\(wished)}", ["/optional_skills/1/skill_id", "/optional_skills/2/skill_id"]),
                (
                    "createTickets", [:], #"{"atomic":true,"items":[{"subject":"x"},{"subject":"y",\#(required)}]}"#,
                    ["/items/1/required_skills/0/skill_id", "/items/1/required_skills/2/skill_id"]
                ),
                ("updateAgent", agent, #"{"skills":\#(skills([high, known, low]))}"#, ["/skills/0/skill_id", "/skills/2/skill_id"]),
                (
                    "createContract", [:], "{\(contract.replacing("$ORG", with: organization)),\"policy_ids\":[\"\(high)\",\"\(low)\"]}",
                    ["/policy_ids/0", "/policy_ids/1"]
                ),
                (
                    "createOnCallRota", [:], rota([override(7, 8, low), override(5, 6, own), override(1, 2, low)]),
                    ["/overrides/0/agent_id", "/overrides/2/agent_id"]
                ),
                ("createOnCallRota", [:], rota([override(5, 8, own), override(1, 2, own), override(1, 6, own)]), ["/overrides/2"]),
                ("createOnCallRota", [:], rota([override(5, 8, own), override(3, 2, own)]), ["/overrides/1"]),
            ]
            for test in cases {
                let refused = try await api.call(test.operation, test.path, body: test.body, headers: [.ifMatch: "*"])
                let places = try expectProblem(refused, .validationFailed).compactMap { $0.split(separator: " ").first.map(String.init) }
                #expect(Set(places) == test.problems, "\(test.operation) \(test.body)")
                #expect(places.count == test.problems.count)
            }
            let batch = try await api.call("createTickets", body: #"{"items":[{"subject":"y",\#(required)}]}"#)
            #expect(batch.text.contains(#""pointer":"/items/0/required_skills/2/skill_id""#), "\(batch.text)")
        }
    }

    @Test("What is listed twice, and a number that is none, is told at the very element")
    func elements() async throws {
        try await APIFixture.with { api in
            let skill = try await api.succeed("createSkill", body: #"{"key":"k","name":"K"}"#).text("id")
            let twice = #"{"skills":[{"skill_id":"\#(skill)","level":1},{"skill_id":"\#(skill)","level":2}]}"#
            let agent = try await api.call("updateAgent", ["agent_id": api.agentOfA.description], body: twice, headers: [.ifMatch: "*"])
            #expect(try expectProblem(agent, .validationFailed) == ["/skills/1 duplicate"])
            for number in ["1.5", "1e30", "9223372036854775808"] {
                let level = #""targets":[{"type":"supervisor"}],"timeout":\#(number),"mode":"wall","condition":"not_acked","actions":["notify"]"#
                let chain = #"{"name":"c","levels":[{\#(level)}]}"#
                let refused = try await api.call("createEscalationChain", body: chain)
                #expect(try expectProblem(refused, .validationFailed) == ["/levels/0/timeout wrong-type"])
                let policy = #"{"name":"p","position":1,"targets":[{"metric":"first_response","seconds":\#(number),"mode":"calendar"}]}"#
                let other = try await api.call("createSLAPolicy", body: policy)
                #expect(try expectProblem(other, .validationFailed) == ["/targets/0/seconds wrong-type"])
            }
        }
    }
}
