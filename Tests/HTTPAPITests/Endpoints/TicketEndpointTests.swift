import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

@Suite struct TicketEndpointTests {
    private static let key: HTTPField.Name = .idempotencyKey

    @Test func repeatedCreationGivesTheFirstAnswer() async throws {
        try await APIFixture.with { api in
            let headers: HTTPFields = [Self.key: "k-1"]
            let first = try await api.succeed("createTicket", body: #"{"subject":"once"}"#, headers: headers)
            let second = try await api.succeed("createTicket", body: #"{"subject":"once"}"#, headers: headers)
            #expect(first.response.text == second.response.text)
            #expect(second.response.headers[.idempotentReplayed] == "true")
            #expect(second.response.headers[.location] == first.response.headers[.location])
            try expectProblem(try await api.call("createTicket", body: #"{"subject":"twice"}"#, headers: headers), .idempotencyKeyReused)
            #expect(try await api.succeed("listTickets").value("data").count == 1)
        }
    }

    @Test func repeatedChangeAfterLostAnswerIsNotRefused() async throws {
        try await APIFixture.with { api in
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            let ids = ["ticket_id": try ticket.text("id")]
            let headers: HTTPFields = [Self.key: "k-2", .ifMatch: ticket.entityTag]
            let first = try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: headers)
            let second = try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: headers)
            #expect(second.response.text == first.response.text && second.entityTag == first.entityTag)
        }
    }

    @Test func oneOfManyClaimsSucceeds() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            var agents: [String] = []
            for _ in 0..<8 { agents.append(try await api.tenantA.addAgent().description) }
            let answers = try await withThrowingTaskGroup(of: (String, Int, String).self) { group in
                for agent in agents {
                    group.addTask {
                        let response = try await api.call("claimTicket", ids, body: #"{"agent_id":"\#(agent)"}"#)
                        return (agent, response.status.code, response.text)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let winner = try #require(answers.first { $0.1 == 200 }?.0)
            #expect(answers.count { $0.1 == 200 } == 1)
            for answer in answers where answer.0 != winner {
                #expect(answer.1 == 409 && answer.2.contains(#""assignee_id":"\#(winner)""#), "\(answer)")
            }
        }
    }

    @Test func refusalsSayWhatIsPossible() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let closed = try await api.call("transitionTicket", ids, body: #"{"state":"closed"}"#)
            try expectProblem(closed, .invalidTransition)
            #expect(closed.text.contains(#""state":"waiting_assignment","allowed_states":["in_progress","waiting_customer","on_hold","resolved"]"#))
            let unknown = try await api.call("transitionTicket", ids, body: #"{"state":"lost"}"#)
            #expect(try expectProblem(unknown, .validationFailed) == ["/state not-allowed"])
            try expectProblem(try await api.call("releaseTicket", ids), .conflict)
            let priority = try await api.call("updateTicket", ids, body: #"{"priority":"P1"}"#, headers: [.ifMatch: "*"])
            #expect(try expectProblem(priority, .validationFailed) == ["/reason required"])
            let agent = try await api.call("claimTicket", ids, body: "{}")
            #expect(try expectProblem(agent, .validationFailed) == ["/agent_id required"])
        }
    }

    @Test func boundKeyActsAsItsAgent() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let claimed = try await api.succeed("claimTicket", as: .agentOfA, ids, body: "{}")
            #expect(try claimed.text("assignee_id") == api.agentOfA.description)
            try await api.succeed("replyToTicket", as: .agentOfA, ids, body: #"{"body":"hello"}"#)
            #expect(try await api.succeed("listTicketMessages", ids).text("data", "0", "author", "id") == api.agentOfA.description)
            let other = try await api.tenantA.addAgent()
            let refused = try await api.call("claimTicket", as: .agentOfA, ids, body: #"{"agent_id":"\#(other)"}"#)
            #expect(try expectProblem(refused, .validationFailed) == ["/agent_id not-allowed"])
            let forged = try await api.call("replyToTicket", as: .agentOfA, ids, body: #"{"body":"x","author":{"type":"system"}}"#)
            #expect(try expectProblem(forged, .validationFailed) == ["/author not-allowed"])
        }
    }

    @Test func batchTakesWhatIsRight() async throws {
        try await APIFixture.with { api in
            let nowhere = TicketID(high: 1, low: 1)
            let body =
                #"{"items":[{"subject":"a","idempotency_key":"i-1"},{"subject":"","colour":1},{"subject":"b","queue_id":"\#(nowhere)"}]}"#
            let first = try await api.succeed("createTickets", body: body)
            #expect(try first.value("items").elements?.count == 3)
            #expect(try first.value("items", "0", "status").int64 == 201)
            #expect(try first.value("items", "1", "status").int64 == 422)
            #expect(try first.text("items", "1", "error", "errors", "0", "pointer") == "/items/1/subject")
            #expect(try first.text("items", "1", "error", "errors", "1", "pointer") == "/items/1/colour")
            #expect(try first.text("items", "2", "error", "errors", "0", "pointer") == "/items/2/queue_id")
            let second = try await api.succeed("createTickets", body: body)
            #expect(try second.text("items", "0", "id") == first.text("items", "0", "id"))
            #expect(try await api.succeed("listTickets").value("data").count == 1)
        }
    }

    @Test func listIsPagedBothWays() async throws {
        try await APIFixture.with { api in
            for index in 0..<5 { try await api.succeed("createTicket", body: #"{"subject":"t\#(index)"}"#) }
            for (sort, order) in [("created_at", [0, 1, 2, 3, 4]), ("-created_at", [4, 3, 2, 1, 0])] {
                var subjects: [String] = []
                var query = "limit=2&sort=\(sort)"
                while true {
                    let page = try await api.succeed("listTickets", query: query)
                    subjects += try (page.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "subject" }?.value.string) }
                    guard let cursor = try page.value("next_cursor").string else { break }
                    query = "limit=2&sort=\(sort)&cursor=\(cursor)"
                }
                #expect(subjects == order.map { "t\($0)" })
            }
            let foreign = try await api.call("listTickets", query: "unassigned=true&assignee_id=\(api.agentOfA)")
            #expect(try expectProblem(foreign, .validationFailed) == ["unassigned not-allowed"])
        }
    }
}
