import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Policies with their six elements, versions, previews, findings and re-evaluations.
@Suite struct PolicyEndpointTests {
    private static let full = #"""
        {"name":"Gold","position":1,"active":true,"service_description":"Round the clock\nfor gold","quality":"Friendly",
        "targets":[{"metric":"resolution","priority":1,"seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"}],
        "penalties":[{"metric":"resolution","over_seconds":0,"amount":100,"currency":"EUR"}],
        "measures":[{"metric":"resolution","target_basis_points":9500}],
        "cancel_conditions":[{"field":"category","op":"equals","value":"test"}],
        "conditions":{"field":"type","op":"equals","value":"incident"},"pauses":[{"metric":"resolution","category":"pending"}],
        "warnings":[{"percent":75},{"remaining":600}],"options":{"reopen":"new_cycle"}}
        """#

    private static func policy(_ seconds: Int, name: String = "Gold", position: Int = 1) -> String {
        #"{"name":"\#(name)","position":\#(position),"targets":[{"metric":"resolution","seconds":\#(seconds),"mode":"calendar"}]}"#
    }

    @Test("GET gives all six elements as they were put (A5.1), and every version stays readable")
    func sixElements() async throws {
        try await APIFixture.with { api in
            let made = try await api.succeed("createSLAPolicy", body: Self.full)
            let ids = ["sla_policy_id": try made.text("id")]
            let found = try await api.succeed("getSLAPolicy", ids)
            #expect(try found.text("service_description") == "Round the clock\nfor gold")
            #expect(try found.text("quality") == "Friendly")
            #expect(try found.value("targets").count == 2)
            #expect(try found.value("targets", "0", "priority").int64 == 1)
            #expect(try found.text("penalties", "0", "currency") == "EUR")
            #expect(try found.value("measures", "0", "target_basis_points").int64 == 9_500)
            #expect(try found.text("cancel_conditions", "0", "value") == "test")
            #expect(try found.text("options", "reopen") == "new_cycle")
            for seconds in [60, 120] {  // Each edit is a version.
                let now = try await api.succeed("getSLAPolicy", ids)
                try await api.succeed("replaceSLAPolicy", ids, body: Self.policy(seconds), headers: now.ifMatch)
            }
            let first = try await api.succeed("listSLAPolicyVersions", ids, query: "limit=2")
            #expect(try first.text("data", "0", "quality") == "Friendly")
            #expect(try first.value("data", "1", "targets", "0", "seconds").int64 == 60)
            let rest = try await api.succeed("listSLAPolicyVersions", ids, query: "limit=2&cursor=\(try first.text("next_cursor"))")
            #expect(try rest.value("data").count == 1)
            #expect(try rest.value("data", "0", "version").int64 == 3)
            #expect(try rest.value("data", "0", "targets", "0", "seconds").int64 == 120)
        }
    }

    @Test("A preview counts what would change, lists some of it, and changes nothing")
    func preview() async throws {
        try await APIFixture.with { api in
            let policy = try await api.succeed("createSLAPolicy", body: Self.policy(3_600)).text("id")
            for index in 0..<4 { try await api.succeed("createTicket", body: #"{"subject":"t\#(index)","category":"\#(index == 0 ? "vip" : "x")"}"#) }
            let edit = #"{"policy_id":"\#(policy)","policy":\#(Self.policy(7_200)),"sample":2}"#
            let changed = try await api.succeed("previewSLAPolicy", body: edit)
            #expect(try changed.text("summary") == "4 running timers change, 0 breach at once.")
            #expect(try changed.value("timers_changed").int64 == 4 && changed.value("examined").int64 == 4)
            #expect(try changed.value("complete").bool == true)
            #expect(try changed.value("sample").count == 2)
            #expect(try changed.value("sample", "0", "before", "target_seconds").int64 == 3_600)
            #expect(try changed.value("sample", "0", "after", "target_seconds").int64 == 7_200)
            #expect(try changed.value("policies", "0", "after").int64 == 4)
            let cut = try await api.succeed("previewSLAPolicy", body: #"{"policy_id":"\#(policy)","policy":\#(Self.policy(7_200)),"limit":3}"#)
            #expect(try cut.value("complete").bool == false && cut.value("timers_changed").int64 == 3)
            let withdrawn = try await api.succeed("previewSLAPolicy", body: #"{"policy_id":"\#(policy)","withdraw":true}"#)
            #expect(try withdrawn.value("timers_cancelled").int64 == 4)
            #expect(try withdrawn.value("policies", "1", "after").int64 == 4)
            let vip =
                #"{"name":"VIP","position":0,"conditions":{"field":"category","op":"equals","value":"vip"},"#
                + #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"},{"metric":"first_response","seconds":60,"mode":"calendar"}]}"#
            let new = try await api.succeed("previewSLAPolicy", body: #"{"policy":\#(vip)}"#)
            #expect(try new.value("timers_changed").int64 == 1 && new.value("timers_promised").int64 == 1)
            #expect(try new.text("policies", "0", "name") == "VIP")
            // Before the one that takes every ticket, so it is not in its shadow; behind it, it is.
            #expect(try new.value("findings").count == 0)
            let behind = try await api.succeed("previewSLAPolicy", body: #"{"policy":\#(vip.replacing(":0,", with: ":5,"))}"#)
            #expect(try behind.text("findings", "0", "code") == "shadowed")
            #expect(try await api.succeed("getSLAPolicy", ["sla_policy_id": policy]).value("targets", "0", "seconds").int64 == 3_600)
            #expect(try await api.succeed("listReevaluations").value("data").count == 1)
        }
    }

    @Test("The sentence of a preview counts one clock as one, and a clock is shown with when it counts as missed")
    func summaryOfOne() async throws {
        try await APIFixture.with { api in
            let policy = try await api.succeed("createSLAPolicy", body: Self.policy(3_600)).text("id")
            func preview(_ rest: String) async throws -> Answer {
                try await api.succeed("previewSLAPolicy", body: #"{"policy_id":"\#(policy)",\#(rest)}"#)
            }
            try await api.succeed("createTicket", body: #"{"subject":"t"}"#)
            let edit = #""policy":\#(Self.policy(7_200))"#
            let one = try await preview(edit)
            #expect(try one.text("summary") == "1 running timer changes, 0 breach at once.")
            #expect(try one.text("sample", "0", "after", "breach_at") == one.text("sample", "0", "after", "due_at"))
            #expect(try await preview(#""withdraw":true"#).text("summary") == "0 running timers change, 0 breach at once, 1 is cancelled.")
            let both = Self.policy(60).replacing("}]", with: #"},{"metric":"first_response","seconds":60,"mode":"calendar"}]"#)
            let more = #""policy":\#(both)"#
            #expect(try await preview(more).text("summary") == "1 running timer changes, 0 breach at once, 1 is new.")
            try await api.succeed("createTicket", body: #"{"subject":"t"}"#)
            let cut = try await preview(edit + #","limit":1"#)
            #expect(try cut.text("summary") == "1 running timer changes, 0 breach at once (of the newest 1 live ticket).")
        }
    }

    @Test("A target that is used up already breaches at once in the preview; a tenant without policies gets clocks")
    func previewOfBreaches() async throws {
        try await APIFixture.with { api in
            try await api.succeed("createTicket", body: #"{"subject":"old","occurred_at":"2026-01-01T00:00:00Z"}"#)
            try await api.succeed("createTicket", body: #"{"subject":"new"}"#)
            let preview = try await api.succeed("previewSLAPolicy", body: #"{"policy":\#(Self.policy(3_600))}"#)
            #expect(try preview.value("timers_promised").int64 == 2)
            #expect(try preview.value("timers_breached").int64 == 1)
        }
    }

    @Test(
        "Bad proposals name what is wrong",
        arguments: [
            (#"{}"#, "/policy"), (#"{"withdraw":true}"#, "/withdraw"), (#"{"policy":{"name":"x"}}"#, "/policy/position"),
            (#"{"policy":{"name":"x","position":1,"targets":[{"metric":"resolution","seconds":0,"mode":"calendar"}]}}"#, "/policy/targets/0/seconds"),
            (
                #"{"policy":{"name":"x","position":1,"calendar_id":"00000000-0000-7000-8000-000000000001","targets":[{"metric":"resolution","seconds":1,"mode":"business"}]}}"#,
                "/policy/calendar_id"
            ), (#"{"policy_id":"00000000-0000-7000-8000-000000000001","withdraw":true,"policy":null}"#, "/policy"), (#"{"limit":0}"#, "/limit"),
            (#"{"unknown":1}"#, "/unknown"),
        ]
    )
    func refused(_ body: String, _ pointer: String) async throws {
        try await APIFixture.with { api in
            let answer = try await api.call("previewSLAPolicy", body: body)
            #expect(answer.status == .unprocessableContent && answer.text.contains(#""pointer":"\#(pointer)""#), "\(answer.status) \(answer.text)")
        }
    }

    @Test("Texts are as long as the schema says, counted in characters")
    func lengths() async throws {
        try await APIFixture.with { api in
            func body(name: Int, text: Int) -> String {
                let (name, text) = (String(repeating: "中", count: name), String(repeating: "中", count: text))
                return #"{"name":"\#(name)","position":1,"service_description":"\#(text)","quality":"\#(text)","#
                    + #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#
            }
            try await api.succeed("createSLAPolicy", body: body(name: 200, text: 10_000))
            for body in [body(name: 201, text: 1), body(name: 1, text: 10_001)] {
                #expect(try await api.call("createSLAPolicy", body: body).status == .unprocessableContent)
            }
        }
    }

    @Test("A pause names a state of the life cycle; a stored one of another life cycle is still read")
    func pauseStates() async throws {
        try await APIFixture.with { api in
            func body(_ state: String) -> String {
                #"{"name":"P","position":1,"pauses":[{"metric":"resolution","category":"hold"},{"metric":"resolution","state":"\#(state)"}],"#
                    + #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#
            }
            for state in ["sleeping", "", String(repeating: "x", count: 100_000)] {
                let answer = try await api.call("createSLAPolicy", body: body(state))
                #expect(answer.status == .unprocessableContent && answer.text.contains(#""pointer":"/pauses/1/state""#), "\(answer.text.prefix(500))")
                #expect(answer.text.contains("waiting_customer"))
            }
            let id = try await api.succeed("createSLAPolicy", body: body("waiting_customer")).text("id")
            for table in ["sla_policy", "sla_policy_version"] {
                try await api.database.sql(
                    "UPDATE docket.\(table) SET definition = replace(definition::text, 'waiting_customer', 'sleeping')::jsonb"
                )
            }
            try await api.database.sql("UPDATE docket.tenant_configuration SET version = version + 1")
            let stored = try await api.call("getSLAPolicy", ["sla_policy_id": id])
            #expect(stored.status == .ok && stored.text.contains("sleeping"))
            let ticket = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            #expect(try await api.succeed("getTicketTimers", ticket).value("data").count == 1)
            // What is stored stands in the way of no edit that leaves it alone, nor of its end.
            let path = ["sla_policy_id": id]
            let moved = body("sleeping").replacing(#""position":1"#, with: #""position":2"#)
            try await api.succeed("replaceSLAPolicy", path, body: moved, headers: [.ifMatch: "*"])
            try await api.succeed("previewSLAPolicy", body: #"{"policy_id":"\#(id)","policy":\#(body("sleeping"))}"#)
            let other = try await api.call("replaceSLAPolicy", path, body: body("dreaming"), headers: [.ifMatch: "*"])
            #expect(other.status == .unprocessableContent)
            try await api.succeed("deleteSLAPolicy", path, headers: [.ifMatch: "*"])
        }
    }

    @Test("A policy that there is not can be neither changed nor withdrawn")
    func unknownPolicy() async throws {
        try await APIFixture.with { api in
            let id = #""policy_id":"00000000-0000-7000-8000-000000000001""#
            for body in [#"{\#(id),"withdraw":true}"#, #"{\#(id),"policy":\#(Self.policy(60))}"#] {
                try expectProblem(try await api.call("previewSLAPolicy", body: body), .notFound)
                try expectProblem(try await api.call("lintSLAPolicies", body: body), .notFound)
            }
        }
    }

    @Test("The linter looks at the policies as they are, or with a proposal among them (D35)")
    func lint() async throws {
        try await APIFixture.with { api in
            #expect(try await api.succeed("lintSLAPolicies", body: "{}").value("findings").count == 0)
            let stopped =
                #"{"name":"Stopped","position":2,"conditions":{"field":"state","op":"equals","value":"resolved"},"#
                + #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#
            let proposed = try await api.succeed("lintSLAPolicies", body: #"{"policy":\#(stopped)}"#)
            #expect(try proposed.text("findings", "0", "code") == "starts_stopped")
            #expect(try proposed.value("findings", "0", "policy_id").isNull)
            try await api.succeed("createSLAPolicy", body: stopped)
            try await api.succeed("createSLAPolicy", body: Self.policy(60, name: "All", position: 1))
            let codes = try await api.succeed("lintSLAPolicies", body: "{}").value("findings").elements ?? []
            #expect(codes.count == 2)
        }
    }

    @Test("A ticket's clocks come with the policies that were tried, and why each was not the one (A5.10)")
    func precedence() async throws {
        try await APIFixture.with { api in
            try await api.succeed("createSLAPolicy", body: Self.full)
            try await api.succeed("createSLAPolicy", body: Self.policy(60, name: "Rest", position: 2))
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","type":"change"}"#).text("id")]
            let timers = try await api.succeed("getTicketTimers", ids)
            #expect(try timers.value("policies").count == 2)
            #expect(try timers.text("policies", "0", "failed_at") == "/conditions")
            #expect(try timers.text("policies", "0", "failed_condition", "field") == "type")
            #expect(try timers.text("policies", "0", "actual") == "change")
            #expect(try timers.value("policies", "1", "matches").bool == true)
        }
    }

    @Test("Re-evaluations are paged, the newest first")
    func reevaluations() async throws {
        try await APIFixture.with { api in
            for index in 0..<3 { try await api.succeed("createSLAPolicy", body: Self.policy(60, name: "P\(index)", position: index)) }
            let first = try await api.succeed("listReevaluations", query: "limit=2")
            #expect(try first.text("data", "0", "state") == "waiting" && first.text("data", "1", "state") == "superseded")
            #expect(try first.text("data", "0", "cause") == "policy" && first.value("data", "0", "tickets_total").isNull)
            let rest = try await api.succeed("listReevaluations", query: "limit=2&cursor=\(try first.text("next_cursor"))")
            #expect(try rest.value("data").count == 1)
            let id = try rest.text("data", "0", "id")
            #expect(try await api.succeed("getReevaluation", ["reevaluation_id": id]).text("id") == id)
        }
    }
}
