import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

extension HappyPathTests {
    static func merging(_ api: APIFixture, _ ids: [String: String]) async throws {
        var ids = ids
        let body = #"{"subject":"one","requester_id":"\#(ids["requester_id"] ?? "")"}"#
        ids["ticket_id"] = try await api.succeed("createTicket", body: body).text("id")
        ids["other_ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"other"}"#).text("id")
        let asked = #"{"body":"And one more thing","author":{"type":"requester"}}"#
        try await api.succeed("replyToTicket", ids, body: asked)
        ids["message_id"] = try await api.succeed("listTicketMessages", ids).text("data", "0", "id")
        let split = try await api.succeed("splitTicket", ids, body: SampleBodies.body(of: "splitTicket", ids: ids, name: "more"))
        #expect(try split.text("split_from") == ids["ticket_id"] && split.response.headers[.location]?.hasSuffix(try split.text("id")) == true)
        #expect(try await api.succeed("listTicketLinks", ids).text("data", "0", "relations", "0") == "split_into")
        let merged = try await api.succeed("mergeTicket", ids, body: SampleBodies.body(of: "mergeTicket", ids: ids, name: "x"))
        #expect(try merged.text("merged_into") == ids["other_ticket_id"] && merged.text("state") == "closed")
        let other = ["ticket_id": ids["other_ticket_id"] ?? ""]
        #expect(try await api.succeed("listTicketRequesters", other).text("data", "0", "requester_id") == ids["requester_id"])
        // The reply goes where the ticket went; to a closed one it makes another.
        #expect(try await api.succeed("replyToTicket", ids, body: asked).text("id") == ids["other_ticket_id"])
        for state in ["resolved", "closed"] { try await api.succeed("transitionTicket", other, body: #"{"state":"\#(state)"}"#) }
        let followUp = try await api.succeed("replyToTicket", ids, body: asked, headers: [.idempotencyKey: "follow-up"])
        #expect(followUp.response.status == .created)
        #expect(try followUp.text("follow_up_of") == ids["other_ticket_id"])
        let again = try await api.succeed("replyToTicket", ids, body: asked, headers: [.idempotencyKey: "follow-up"])
        #expect(again.response.text == followUp.response.text && again.response.status == .created)
        // The feed shows an event when every transaction that began before its own has ended, in other databases of the server too.
        for kind in ["ticket.split", "ticket.merged", "ticket.absorbed", "ticket.followed_up"] {
            let isTold = try await eventually { try await api.succeed("listEvents", query: "limit=200").response.text.contains(#""\#(kind)""#) }
            #expect(isTold, "\(kind)")
        }
        let own = #"{"body":"x","author":{"type":"agent","agent_id":"\#(api.agentOfA)"}}"#
        try expectProblem(try await api.call("replyToTicket", ids, body: own), .conflict)
    }

    static func deletion(_ api: APIFixture, _ ids: [String: String]) async throws {
        let found = try await api.succeed("getSLAPolicy", ids)
        try expectProblem(try await api.call("deleteSLAPolicy", ids), .preconditionRequired)
        try await api.succeed("deleteSLAPolicy", ids, headers: found.ifMatch)
        for operation in ["getSLAPolicy", "deleteSLAPolicy"] {
            try expectProblem(try await api.call(operation, ids, headers: [.ifMatch: "*"]), .gone)
        }
        let body = SampleBodies.body(of: "replaceSLAPolicy", ids: ids, name: "x")
        try expectProblem(try await api.call("replaceSLAPolicy", ids, body: body, headers: [.ifMatch: "*"]), .gone)
        #expect(try await api.succeed("listSLAPolicies").value("data").count == 0)
        #expect(try await api.succeed("listSLAPolicyVersions", ids).value("data").count == 3)
        let preview = #"{"policy_id":"\#(ids["sla_policy_id"] ?? "")","withdraw":true}"#
        try expectProblem(try await api.call("previewSLAPolicy", body: preview), .gone)
        let unknown = ids.merging(["sla_policy_id": SLAPolicyID(high: 1, low: 1).description]) { $1 }
        try expectProblem(try await api.call("deleteSLAPolicy", unknown, headers: [.ifMatch: "*"]), .notFound)
        // Its name is free.
        try await api.succeed("createSLAPolicy", body: SampleBodies.body(of: "createSLAPolicy", ids: ids, name: try found.text("name")))
    }
}
