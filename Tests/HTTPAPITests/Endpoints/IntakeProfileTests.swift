import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Keys that say something about the tickets that come through them (features.md A1.11).
@Suite struct IntakeProfileTests {
    @Test("What comes through the VIP key is a VIP's, in its queue, and never less urgent than its floor, however it is asked for")
    func creations() async throws {
        try await APIFixture.with { api in
            let rule = #"{"name":"low","keywords":["newsletter"],"set":{"priority":"P4"}}"#
            let queue = try await api.succeed("createQueue", body: #"{"name":"VIPs","rules":[\#(rule)]}"#).text("id")
            let key = APIFixture.Caller.through(IntakeProfile(isVIP: true, priorityFloor: .p2, queueID: QueueID(queue)))
            let cases = [
                (#"{"subject":"x"}"#, "P2"), (#"{"subject":"x","priority":"P4"}"#, "P2"), (#"{"subject":"x","priority":"P1"}"#, "P1"),
                (#"{"subject":"x","impact":3,"urgency":3}"#, "P2"), (#"{"subject":"newsletter"}"#, "P2"),
                (#"{"subject":"x","queue_id":"\#(queue)"}"#, "P2"),
            ]
            for (body, priority) in cases {
                let made = try await api.succeed("createTicket", as: key, body: body)
                #expect(try made.text("priority") == priority && made.text("queue_id") == queue, "\(body)")
                #expect(try made.value("requester_vip").bool == true, "\(body)")
            }
            for atomic in [true, false] {
                let batch = #"{"items":[{"subject":"x","priority":"P4"},{"subject":"y"}],"atomic":\#(atomic)}"#
                #expect(try await api.call("createTickets", as: key, body: batch).status.code < 300)
            }
            let rows = try await api.database.sql(
                "SELECT count(*) FROM docket.ticket WHERE queue_id = '\(queue)' AND requester_vip AND priority <= 2"
            )
            #expect(rows == [["\(cases.count + 4)"]])
            let refused = try await api.call("createTicket", as: key, body: #"{"subject":"x","queue_id":"\#(api.tenantA.queue)"}"#)
            #expect(try expectProblem(refused, .validationFailed) == ["/queue_id not-allowed"])
            // Other keys say nothing.
            let plain = try await api.succeed("createTicket", body: #"{"subject":"x","priority":"P4"}"#)
            #expect(try plain.text("priority") == "P4" && plain.value("requester_vip").bool == false)
        }
    }

    @Test("Edits through the key do not lower a priority below the floor, and leave the VIP one")
    func edits() async throws {
        try await APIFixture.with { api in
            let key = APIFixture.Caller.through(IntakeProfile(isVIP: true, priorityFloor: .p2))
            let requester = try await api.succeed("createRequester", body: #"{"name":"Ann","email":"ann@example.org"}"#).text("id")
            let ids = ["ticket_id": try await api.succeed("createTicket", as: key, body: #"{"subject":"x","priority":"P1"}"#).text("id")]
            let edits = [
                (#"{"priority":"P4","reason":"calm"}"#, "P2"), (#"{"priority":"P1","reason":"storm"}"#, "P1"),
                (#"{"impact":3,"urgency":3}"#, "P2"), (#"{"requester_id":"\#(requester)"}"#, "P2"), (#"{"subject":"y"}"#, "P2"),
            ]
            for (body, priority) in edits {
                let edited = try await api.succeed("updateTicket", as: key, ids, body: body, headers: [.ifMatch: "*"])
                #expect(try edited.text("priority") == priority && edited.value("requester_vip").bool == true, "\(body)")
            }
            // A ticket that did not come through it is not raised by an edit of something else.
            let other = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","priority":"P4"}"#).text("id")]
            let edited = try await api.succeed("updateTicket", as: key, other, body: #"{"subject":"y"}"#, headers: [.ifMatch: "*"])
            #expect(try edited.text("priority") == "P4" && edited.value("requester_vip").bool == false)
            // Whoever else may lower it, may.
            let lowered = try await api.succeed("updateTicket", ids, body: #"{"priority":"P4","reason":"done"}"#, headers: [.ifMatch: "*"])
            #expect(try lowered.text("priority") == "P4")
        }
    }
}
