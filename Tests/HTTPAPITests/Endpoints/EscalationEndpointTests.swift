import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Rotas, managers, quiet hours, followers and runs over HTTP.
@Suite struct EscalationEndpointTests {
    private static let rota = #""name":"Night","tz":"Europe/Berlin","starts_on":"2026-01-05","handover":"09:00","shift_hours":24"#

    /// `$AGENT` stands for an agent's id, `$ENDPOINT` for a webhook endpoint's.
    private static let refused: [(operation: String, body: String, errors: [String])] = [
        ("createOnCallRota", #"{\#(rota),"members":[]}"#, ["/members too-few"]),
        (
            "createOnCallRota",
            #"{"name":"n","tz":"Mars/Olympus","starts_on":"2026-01-05","handover":"09:00","shift_hours":24,"members":["$AGENT"]}"#,
            ["/tz unknown-zone"]
        ),
        (
            "createOnCallRota", #"{"name":"n","tz":"UTC","starts_on":"2026-02-30","handover":"09:00","shift_hours":24,"members":["$AGENT"]}"#,
            ["/starts_on invalid-format"]
        ),
        (
            "createOnCallRota", #"{"name":"n","tz":"UTC","starts_on":"2026-01-05","handover":"24:00","shift_hours":24,"members":["$AGENT"]}"#,
            ["/handover invalid-format"]
        ),
        (
            "createOnCallRota",
            #"{\#(rota),"members":["$AGENT"],"overrides":[{"from":"2026-05-02T00:00:00Z","to":"2026-05-01T00:00:00Z","agent_id":"$AGENT"}]}"#,
            ["/overrides/0 invalid-definition"]
        ),
        ("putAgentNotifications", #"{"channels":[{"type":"email"},{"type":"email"}]}"#, ["/channels duplicate"]),
        ("putAgentNotifications", #"{"in_quiet_hours":"next_channel"}"#, ["/in_quiet_hours conflict"]),
        ("putAgentNotifications", #"{"quiet_hours":{"mon":[["09:00","08:00"]]}}"#, ["/quiet_hours invalid-definition"]),
        (
            "putAgentNotifications",
            #"{"quiet_hours":{\#(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { #""\#($0)":[["00:00","24:00"]]"# }.joined(separator: ","))}}"#,
            ["/quiet_hours invalid-definition"]
        ),
        ("updateQueue", #"{"escalations":[{"trigger":"unassigned"}]}"#, ["/escalations/0/after_seconds required"]),
        ("updateQueue", #"{"escalations":[{"trigger":"no_taker","after_seconds":5}]}"#, ["/escalations/0/after_seconds not-allowed"]),
        ("updateQueue", #"{"escalations":[{"trigger":"no_taker"},{"trigger":"no_taker"}]}"#, ["/escalations/1/trigger duplicate"]),
        ("putEscalationSettings", #"{"fallback_email":"nobody"}"#, ["/fallback_email invalid-format"]),
        (
            "createEscalationChain",
            #"{"name":"n","levels":[{"targets":[{"type":"supervisor"},{"type":"agent","id":"$AGENT"},{"type":"agent","id":"$AGENT"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}],"repeats":0}"#,
            ["/levels/0/targets/2 duplicate"]
        ),
    ]

    @Test("What cannot hold is refused at its place, and changes nothing")
    func refusals() async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "seed")
            let agent = try #require(ids["agent_id"])
            for (operation, body, errors) in Self.refused {
                let response = try await api.call(operation, ids, body: body.replacing("$AGENT", with: agent), headers: [.ifMatch: "*"])
                #expect(try expectProblem(response, .validationFailed) == errors, "\(operation) \(body)")
            }
            #expect(try await api.succeed("listOnCallRotas").value("data").count == 1)
            #expect(try await api.succeed("getAgentNotifications", ids).text("in_quiet_hours") == "wait")
        }
    }

    @Test("Nobody is above himself, over any number of steps")
    func managers() async throws {
        try await APIFixture.with { api in
            var agents: [String] = []
            for number in 0..<3 {
                let manager = agents.last.map { #","manager_id":"\#($0)""# } ?? ""
                let body = #"{"name":"a","email":"a\#(number)@example.com"\#(manager)}"#
                agents.append(try await api.succeed("createAgent", body: body).text("id"))
            }
            for manager in [agents[0], agents[2]] {
                let response = try await api.call(
                    "updateAgent",
                    ["agent_id": agents[0]],
                    body: #"{"manager_id":"\#(manager)"}"#,
                    headers: [.ifMatch: "*"]
                )
                #expect(try expectProblem(response, .validationFailed) == ["/manager_id conflict"])
            }
            let freed = try await api.succeed("updateAgent", ["agent_id": agents[1]], body: #"{"manager_id":null}"#, headers: [.ifMatch: "*"])
            #expect(try freed.value("manager_id").isNull)
            try await api.succeed("updateAgent", ["agent_id": agents[0]], body: #"{"manager_id":"\#(agents[2])"}"#, headers: [.ifMatch: "*"])
        }
    }

    @Test("A run is acknowledged once it has begun and while it lives; another ticket's run is not found")
    func acknowledgement() async throws {
        try await APIFixture.with { api in
            var ids = try await HappyPathTests.seed(api, name: "seed")
            let chain = try #require(ids["escalation_chain_id"])
            let queue = try await api.succeed(
                "createQueue",
                body: #"{"name":"q","escalations":[{"trigger":"unassigned","after_seconds":3600,"chain_id":"\#(chain)"}]}"#
            )
            let ticket = #"{"subject":"waits","queue_id":"\#(try queue.text("id"))"}"#
            try expectProblem(try await api.call("acknowledgeTicketEscalation", ids), .notFound)
            ids["ticket_id"] = try await api.succeed("createTicket", body: ticket).text("id")
            let run = try await api.succeed("listTicketEscalations", ids)
            ids["run_id"] = try run.text("data", "0", "id")
            #expect(try run.text("data", "0", "trigger") == "unassigned")
            // It begins in an hour, if nobody has the ticket by then.
            try expectProblem(try await api.call("acknowledgeTicketEscalation", ids), .conflict)
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            let ended = try await api.succeed("listTicketEscalations", ids)
            #expect(try ended.text("data", "0", "state") == "ended" && ended.value("data", "0", "upcoming").count == 0)
            try expectProblem(try await api.call("acknowledgeTicketEscalation", ids), .conflict)
        }
    }
}
