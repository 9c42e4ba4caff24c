import Domain
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTTPAPI

/// What the API guide says about tickets and lists, in the small.
@Suite struct DeskRuleTests {
    private static func ticket(_ api: APIFixture) async throws -> [String: String] {
        ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
    }

    @Test("A ticket without an agent does not get in progress; the states that it can go to are named (A4.1)")
    func allowedStates() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.ticket(api)
            let refused = try await api.call("transitionTicket", ids, body: #"{"state":"in_progress"}"#)
            try expectProblem(refused, .invalidTransition)
            let situation = #""state":"waiting_assignment","allowed_states":["waiting_customer","on_hold","resolved"]"#
            #expect(refused.text.contains(situation), "\(refused.text)")
            // Each of them is allowed indeed, from here on and from there.
            for state in ["waiting_customer", "on_hold", "resolved"] {
                try await api.succeed("transitionTicket", try await Self.ticket(api), body: #"{"state":"\#(state)"}"#)
            }
            try await api.succeed("claimTicket", as: .agentOfA, ids, body: "{}")
            try await api.succeed("transitionTicket", ids, body: #"{"state":"in_progress"}"#)
        }
    }

    @Test("A solved or closed ticket is given to nobody: it is reopened first")
    func assignSolved() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.ticket(api)
            let other = try await api.succeed("createAgent", body: #"{"name":"b","email":"b@example.com"}"#).text("id")
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            for state in ["resolved", "closed"] {
                try await api.succeed("transitionTicket", ids, body: #"{"state":"\#(state)"}"#)
                for agent in [other, api.agentOfA.description] {
                    let refused = try await api.call("assignTicket", ids, body: #"{"agent_id":"\#(agent)"}"#)
                    try expectProblem(refused, .conflict)
                    #expect(refused.text.contains(#""state":"\#(state)""#))
                }
                #expect(try await api.succeed("getTicket", ids).text("assignee_id") == api.agentOfA.description)
            }
        }
    }

    @Test("An agent's key needs no body to claim; any other is told what is missing")
    func claimWithoutBody() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.ticket(api)
            let nobody = try await api.call("claimTicket", ids)
            #expect(try expectProblem(nobody, .validationFailed) == ["/agent_id required"])
            #expect(try await api.succeed("claimTicket", as: .agentOfA, ids).text("assignee_id") == api.agentOfA.description)
            for operation in ["claimTicket", "acceptTicketOffer", "declineTicketOffer"] {
                #expect(APIOperations.all.first { $0.id == operation }?.isBodyRequired == false)
            }
        }
    }

    @Test("Whoever has the scope takes a ticket from its agent; giving back is for him who has it")
    func releaseAndReturn() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.ticket(api)
            let other = try await api.succeed("createAgent", body: #"{"name":"b","email":"b@example.com"}"#).text("id")
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(other)"}"#)
            try expectProblem(try await api.call("returnTicket", as: .agentOfA, ids, body: #"{"reason":"x"}"#), .forbidden)
            #expect(try await api.succeed("releaseTicket", as: .agentOfA, ids).text("state") == "waiting_assignment")
        }
    }

    @Test("unassigned=false lists the tickets that have an agent, unassigned=true the others")
    func unassigned() async throws {
        try await APIFixture.with { api in
            let (taken, waiting) = (try await Self.ticket(api), try await Self.ticket(api))
            try await api.succeed("claimTicket", as: .agentOfA, taken)
            func listed(_ query: String) async throws -> [String] {
                try await api.succeed("listTickets", query: query).value("data").elements?.compactMap { $0.member("id")?.string } ?? []
            }
            #expect(try await listed("unassigned=false") == [taken["ticket_id"] ?? ""])
            #expect(try await listed("unassigned=true") == [waiting["ticket_id"] ?? ""])
            #expect(try await listed("unassigned=false&sort=due_at").count == 1)
            #expect(try await listed("unassigned=false&assignee_id=\(api.agentOfA)").count == 1)
            #expect(try await api.succeed("countTickets", query: "unassigned=false").value("count").int64 == 1)
            #expect(try await listed("").count == 2)
        }
    }

    @Test("A limit of none says which there are")
    func limits() async throws {
        try await APIFixture.with { api in
            let refused = try await api.call("listTickets", query: "limit=0")
            #expect(try expectProblem(refused, .validationFailed) == ["limit out-of-range"])
            #expect(refused.text.contains("Must be an integer from 1 to 200; more, up to 1000000, counts as 200."), "\(refused.text)")
        }
    }

    @Test(
        "A thing has one address: empty segments are none of it",
        arguments: ["/v1/tickets/", "/v1//tickets", "//v1/tickets", "/openapi.json/", "/problems//"]
    )
    func addresses(path: String) async throws {
        try await APIFixture.with { api in
            for method in [HTTPRequest.Method.get, .post, .options] {
                try expectProblem(try await api.client.execute(uri: path, method: method), .notFound)
            }
            #expect(try await api.client.execute(uri: "/openapi.json?x=//a/", method: .get).status == .ok)
        }
    }

    @Test("What is open to everybody comes in its one form, and promises nothing else", arguments: ["/openapi.json", "/problems"])
    func oneForm(path: String) async throws {
        try await APIFixture.with { api in
            let fields: HTTPFields = [.accept: "image/png"]
            let response: TestResponse = try await api.client.execute(uri: path, method: .get, headers: fields, body: nil)
            #expect(response.status == .ok)
            for operation in APIOperations.all + [OpenAPIDocument.operation, ProblemGuide.operation] {
                let isPromised = operation.allProblems.contains(ProblemCode.notAcceptable)
                #expect(isPromised == (operation.scope != nil))
            }
        }
    }
}
