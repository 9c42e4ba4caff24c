import HTTPTypes
import Testing

@testable import HTTPAPI

/// Intake over HTTP: configured, used and explained.
@Suite struct IntakeEndpointTests {
    @Test("The explanation tells which queue matched and which rule won (A3.2)")
    func explained() async throws {
        try await APIFixture.with { api in
            let target = try await api.succeed("createQueue", body: #"{"name":"Fire brigade"}"#).text("id")
            let rules = #"[{"name":"Fire","keywords":["FEUER","fire"],"set":{"queue_id":"\#(target)","priority":"P1"}}]"#
            let match = #"[{"field":"primary_language","op":"one_of","value":["de","en"]}]"#
            let entry = try await api.succeed("createQueue", body: #"{"name":"Entry","position":2,"match":\#(match),"rules":\#(rules)}"#)
            #expect(try entry.text("rules", "0", "set", "queue_id") == target)
            #expect(try entry.text("rules", "0", "set", "priority") == "P1")
            #expect(try entry.text("match", "0", "field") == "primary_language")
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"Fire on floor 3","language":"en-us"}"#)
            #expect(try ticket.text("queue_id") == target)
            #expect(try ticket.text("priority") == "P1")
            #expect(try ticket.text("language") == "en-US")
            let explained = try await api.succeed("explainTicketRouting", ["ticket_id": try ticket.text("id")])
            #expect(try explained.text("intake", "path", "0", "cause") == "match")
            #expect(try explained.text("intake", "path", "0", "queue_id") == entry.text("id"))
            #expect(try explained.text("intake", "path", "1", "cause") == "rule")
            #expect(try explained.text("intake", "rules", "0", "name") == "Fire")
        }
    }

    @Test("A new ticket weighs what its queue says of its kind, or what it says itself (A3.3)")
    func weights() async throws {
        try await APIFixture.with { api in
            let body = #"{"name":"Q","weights":[{"conditions":[{"field":"type","op":"equals","value":"change"}],"weight":3},{"weight":2}]}"#
            let queue = try await api.succeed("createQueue", body: body)
            #expect(try queue.value("weights", "0", "weight").int64 == 3)
            #expect(try queue.value("weights", "1", "conditions").elements?.isEmpty == true)
            let id = try queue.text("id")
            for (type, own, expected) in [("change", "", 3), ("other", "", 2), ("change", #","weight":7"#, 7)] as [(String, String, Int64)] {
                let ticket = try await api.succeed("createTicket", body: #"{"subject":"x","queue_id":"\#(id)","type":"\#(type)"\#(own)}"#)
                #expect(try ticket.value("weight").int64 == expected)
            }
            let changed = try await api.succeed("updateQueue", ["queue_id": id], body: #"{"weights":[]}"#, headers: queue.ifMatch)
            #expect(try changed.value("weights").elements?.isEmpty == true)
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x","queue_id":"\#(id)"}"#)
            #expect(try ticket.value("weight").int64 == 1)
        }
    }

    @Test("A patch of a queue replaces match and rules, and keeps what it does not name")
    func patched() async throws {
        try await APIFixture.with { api in
            let made = try await api.succeed(
                "createQueue",
                body: #"{"name":"Q","position":4,"match":[{"field":"type","op":"equals","value":"a"}],"rules":[{"name":"r","set":{}}]}"#
            )
            let ids = ["queue_id": try made.text("id")]
            let changed = try await api.succeed("updateQueue", ids, body: #"{"rules":[]}"#, headers: made.ifMatch)
            #expect(try changed.text("match", "0", "value") == "a")
            #expect(try changed.value("rules").elements?.isEmpty == true)
            #expect(try changed.value("position").int64 == 4)
        }
    }
}
