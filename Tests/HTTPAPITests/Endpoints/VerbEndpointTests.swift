import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// The desk's verbs over HTTP.
@Suite struct VerbEndpointTests {
    static let verbs: [(operation: String, scope: Scope)] = [
        ("assignTicket", .ticketsAssign), ("claimTicket", .ticketsClaim), ("releaseTicket", .ticketsRelease),
        ("transferTicket", .ticketsTransfer), ("returnTicket", .ticketsReturn), ("withdrawTicket", .ticketsWithdraw), ("urgeTicket", .ticketsUrge),
        ("escalateTicket", .ticketsEscalate), ("acknowledgeTicketEscalation", .ticketsEscalate), ("createConsultation", .ticketsConsult),
        ("answerConsultation", .ticketsConsult), ("cancelConsultation", .ticketsConsult), ("createBooking", .ticketsBook),
        ("cancelBooking", .ticketsBook), ("mergeTicket", .ticketsMerge), ("splitTicket", .ticketsSplit),
    ]

    /// A ticket that each verb can be done to, and the ids that it takes.
    static func subject(of operation: String, _ api: APIFixture, _ known: [String: String]) async throws -> [String: String] {
        var ids = known
        let queue = try await api.succeed(
            "createQueue",
            body: #"{"name":"\#(operation)-\#(UInt32.random(in: 0...UInt32.max))","escalation_chain_id":"\#(known["escalation_chain_id"] ?? "")"}"#
        )
        ids["ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"x","queue_id":"\#(try queue.text("id"))"}"#).text("id")
        if operation != "claimTicket" {
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
        }
        if operation == "acknowledgeTicketEscalation" {
            try await api.succeed("escalateTicket", ids, body: SampleBodies.body(of: "escalateTicket", ids: ids, name: "x"))
            ids["run_id"] = try await api.succeed("listTicketEscalations", ids).text("data", "0", "id")
        }
        if operation == "mergeTicket" {
            ids["other_ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
        }
        if operation == "splitTicket" {
            try await api.succeed("addTicketNote", ids, body: #"{"body":"x"}"#)
            ids["message_id"] = try await api.succeed("listTicketMessages", ids).text("data", "0", "id")
        }
        if operation.hasSuffix("Booking") {
            let name = "\(operation)-\(UInt32.random(in: 0...UInt32.max))"
            let resource = SampleBodies.body(of: "createResource", ids: ids, name: name)
            ids["resource_id"] = try await api.succeed("createResource", body: resource).text("id")
        }
        if operation == "cancelBooking" {
            let body = SampleBodies.body(of: "createBooking", ids: ids, name: "x")
            ids["booking_id"] = try await api.succeed("createBooking", ids, body: body).text("id")
        }
        if operation == "withdrawTicket" {
            try await api.succeed("transferTicket", ids, body: SampleBodies.body(of: "transferTicket", ids: ids, name: "x"))
        }
        if operation.hasSuffix("Consultation"), operation != "createConsultation" {
            let body = SampleBodies.body(of: "createConsultation", ids: ids, name: "x")
            ids["consultation_id"] = try await api.succeed("createConsultation", ids, body: body).text("id")
        }
        return ids
    }

    @Test("A ticket with required tasks to be done is not resolved: the answer names them; breaches are not reported by hand")
    func requiredTasks() async throws {
        try await APIFixture.with { api in
            let steps = #"[{"title":"ask","required":true},{"title":"tell"}]"#
            let plan = try await api.succeed("createPlaybook", body: #"{"name":"p","trigger":"delayed","steps":\#(steps)}"#)
            #expect(try plan.value("steps", "0", "required").bool == true && plan.value("steps", "1", "required").bool == false)
            let late = #"{"name":"q","trigger":"breached","metrics":["resolution"],"steps":\#(steps)}"#
            #expect(try await api.succeed("createPlaybook", body: late).text("metrics", "0") == "resolution")
            let wrong = #"{"name":"r","trigger":"delayed","metrics":["resolution"],"steps":\#(steps)}"#
            #expect(try expectProblem(try await api.call("createPlaybook", body: wrong), .validationFailed) == ["/metrics not-allowed"])
            var ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let breach = try await api.call("reportTicketChange", ids, body: #"{"trigger":"breached","note":"x"}"#)
            #expect(try expectProblem(breach, .validationFailed) == ["/trigger not-allowed"])
            let reported = try await api.succeed("reportTicketChange", ids, body: #"{"trigger":"delayed","note":"x"}"#)
            #expect(try reported.value("open_required_tasks").int64 == 1)
            ids["task_id"] = try await api.succeed("listTicketTasks", ids).text("data", "0", "id")
            let refused = try await api.call("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            try expectProblem(refused, .conflict)
            let body = refused.text
            #expect(body.contains(#""open_task_count":1,"open_tasks":[{"id":"\#(ids["task_id"] ?? "")","title":"ask"}]"#), "\(body)")
            let finished = try await api.succeed("finishTicketTask", ids, body: #"{"outcome":"done","note":"asked"}"#)
            #expect(try finished.value("open_required_tasks").int64 == 0)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
        }
    }

    @Test("Closing a ticket gives up what is booked for it and not over; resolving it does not")
    func closingGivesUpBookings() async throws {
        try await APIFixture.with { api in
            var ids = ["resource_id": try await api.succeed("createResource", body: #"{"name":"Lab","type":"room"}"#).text("id")]
            ids["ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
            func booking(_ start: String, _ end: String) -> String {
                #"{"resource_id":"\#(ids["resource_id"] ?? "")","starts_at":"\#(start)","ends_at":"\#(end)"}"#
            }
            func book(_ day: Int) async throws -> String {
                let body = booking("2090-01-0\(day)T00:00:00Z", "2090-01-0\(day + 1)T00:00:00Z")
                return try await api.succeed("createBooking", ids, body: body).text("id")
            }
            // Over, running and to come: one ends by itself, as a day that has passed.
            let (over, running, future, byHand) = (try await book(1), try await book(3), try await book(5), try await book(7))
            try await api.database.sql(
                """
                UPDATE docket.booking SET starts_at = docket.now() - interval '2 days', ends_at = docket.now() - interval '1 day' WHERE id = '\(over)';
                UPDATE docket.booking SET starts_at = docket.now() - interval '1 hour', ends_at = docket.now() + interval '1 day' WHERE id = '\(running)';
                """
            )
            ids["booking_id"] = byHand
            try await api.succeed("cancelBooking", ids)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            let before = try await api.succeed("listTicketBookings", ids)
            for (position, isLive) in [true, true, true, false].enumerated() {
                #expect(try before.value("data", "\(position)", "cancelled_at").isNull == isLive)
            }
            try await api.succeed("transitionTicket", ids, body: #"{"state":"closed"}"#)
            for (id, isLive) in [(over, true), (running, false), (future, false)] {
                ids["booking_id"] = id
                #expect(try await api.succeed("getBooking", ids).value("cancelled_at").isNull == isLive)
            }
            let history = try await api.succeed("listTicketHistory", ids, query: "limit=100")
            let count = try #require(try history.value("data").elements?.count)
            for position in [count - 2, count - 1] {
                #expect(try history.text("data", "\(position)", "type") == "ticket.booking_cancelled")
                #expect(try history.text("data", "\(position)", "data", "cause") == "ticket_closed")
            }
            // The time is free again.
            ids["ticket_id"] = try await api.succeed("createTicket", body: #"{"subject":"y"}"#).text("id")
            try await api.succeed("createBooking", ids, body: booking("2090-01-05T00:00:00Z", "2090-01-06T00:00:00Z"))
        }
    }

    @Test("Each verb asks for its own scope, or for tickets:write, and is refused with 403 to a key with all the others")
    func scopes() async throws {
        try await APIFixture.with { api in
            let known = try await HappyPathTests.seed(api, name: "verbs")
            for verb in Self.verbs {
                for scopes in [ScopeSet([verb.scope]), ScopeSet([.ticketsWrite])] {
                    let ids = try await Self.subject(of: verb.operation, api, known)
                    let body = SampleBodies.body(of: verb.operation, ids: ids, name: "x")
                    try await api.succeed(verb.operation, as: .scoped(scopes), ids, body: body)
                }
                let ids = try await Self.subject(of: verb.operation, api, known)
                let others = ScopeSet(Scope.allCases.filter { $0 != verb.scope && $0 != .ticketsWrite })
                let body = SampleBodies.body(of: verb.operation, ids: ids, name: "x")
                let refused = try await api.call(verb.operation, as: .scoped(others), ids, body: body)
                try expectProblem(refused, .insufficientScope)
                #expect(refused.headers[.wwwAuthenticate]?.contains(#"scope="\#(verb.scope.rawValue)""#) == true)
            }
        }
    }

    @Test("A verb shares its scope with no other, and nothing that is no verb is done with it")
    func ownScopes() {
        let narrow = Scope.allCases.filter { $0.wider == .ticketsWrite }
        let asking = APIOperations.all.filter { $0.scope.map(narrow.contains) == true }
        #expect(Set(asking.map { "\($0.id) \($0.scope?.rawValue ?? "")" }) == Set(Self.verbs.map { "\($0.operation) \($0.scope.rawValue)" }))
        // A verb of several steps is one still: asking, answering and calling off.
        let steps = Dictionary(grouping: Self.verbs, by: \.scope).filter { $0.value.count > 1 }
        #expect(Set(steps.keys) == [.ticketsConsult, .ticketsEscalate, .ticketsBook] && Set(Self.verbs.map(\.scope)) == Set(narrow))
    }

    @Test("A repeated verb gives the first answer and has one effect; another version is 412 with the present tag")
    func repetition() async throws {
        try await APIFixture.with { api in
            let known = try await HappyPathTests.seed(api, name: "verbs")
            for verb in Self.verbs {
                let ids = try await Self.subject(of: verb.operation, api, known)
                let body = SampleBodies.body(of: verb.operation, ids: ids, name: "x")
                let stale = try await api.call(verb.operation, ids, body: body, headers: [.ifMatch: #""1-00000000""#])
                try expectProblem(stale, .preconditionFailed)
                let headers: HTTPFields = [.idempotencyKey: "k-\(verb.operation)", .ifMatch: try await api.succeed("getTicket", ids).entityTag]
                let first = try await api.succeed(verb.operation, ids, body: body, headers: headers)
                let second = try await api.succeed(verb.operation, ids, body: body, headers: headers)
                #expect(first.response.text == second.response.text, "\(verb.operation)")
                #expect(second.response.headers[.idempotentReplayed] == "true")
            }
        }
    }

    @Test("What is wrong with a request is told at its place")
    func pointers() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.subject(of: "transferTicket", api, try await HappyPathTests.seed(api, name: "verbs"))
            let id = ids["agent_id"] ?? ""
            for (operation, body, problems) in [
                ("transferTicket", #"{"to":{},"reason":"x"}"#, ["/to required"]),
                ("transferTicket", #"{"to":{"agent_id":"\#(id)","queue_id":"\#(id)"},"reason":"x"}"#, ["/to not-allowed"]),
                ("transferTicket", #"{"to":{"agent_id":"\#(id)"}}"#, ["/reason required"]),
                (
                    "transferTicket", #"{"to":{"queue_id":"\#(id)","group_id":"\#(id)"},"reason":"x"}"#,
                    [
                        "/to/queue_id unknown-reference", "/to/group_id unknown-reference",
                    ]
                ),
                ("returnTicket", #"{"reason":""}"#, ["/reason too-short"]),
                ("createConsultation", #"{"agent_id":"\#(api.agentOfA)","question":"x"}"#, ["/agent_id not-allowed"]),
                ("mergeTicket", #"{"into_id":"\#(ids["ticket_id"] ?? "")"}"#, ["/into_id not-allowed"]),
                ("mergeTicket", #"{"into_id":"\#(id)"}"#, ["/into_id unknown-reference"]),
                ("splitTicket", #"{"message_ids":[],"subject":"x"}"#, ["/message_ids too-few"]),
                ("splitTicket", #"{"message_ids":["\#(id)","\#(id)"],"subject":"x"}"#, ["/message_ids duplicate"]),
                ("splitTicket", #"{"message_ids":["\#(id)"],"subject":"x"}"#, ["/message_ids/0 unknown-reference"]),
                ("escalateTicket", #"{"reason":"x","trigger":"timeout"}"#, ["/trigger not-allowed"]),
                ("urgeTicket", #"{"text":"x","requester_id":"\#(id)"}"#, ["/requester_id unknown-reference"]),
            ] {
                let response = try await api.call(operation, ids, body: body)
                #expect(try expectProblem(response, .validationFailed) == problems, "\(operation) \(body)")
            }
        }
    }

    @Test("A second urge within five minutes is 429 with a time to wait; another agent's verbs are 403")
    func refusals() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.subject(of: "transferTicket", api, try await HappyPathTests.seed(api, name: "verbs"))
            try await api.succeed("urgeTicket", as: .agentOfA, ids, body: #"{"text":"x"}"#)
            let again = try await api.call("urgeTicket", as: .agentOfA, ids, body: #"{"text":"x"}"#)
            try expectProblem(again, .quotaExceeded)
            let wait = Int(again.headers[.retryAfter] ?? "")
            #expect(wait.map { (1...300).contains($0) } == true)
            try await api.succeed("transferTicket", as: .agentOfA, ids, body: SampleBodies.body(of: "transferTicket", ids: ids, name: "x"))
            try expectProblem(try await api.call("returnTicket", as: .agentOfA, ids, body: #"{"reason":"x"}"#), .forbidden)
            let asked = #"{"agent_id":"\#(api.agentOfA)","question":"x"}"#
            let consultation = try await api.succeed("createConsultation", ids, body: asked)
            var path = ids
            path["consultation_id"] = try consultation.text("id")
            try expectProblem(try await api.call("transitionTicket", ids, body: #"{"state":"resolved"}"#), .conflict)
            try await api.succeed("answerConsultation", as: .agentOfA, path, body: #"{"body":"x"}"#)
            try expectProblem(try await api.call("answerConsultation", as: .agentOfA, path, body: #"{"body":"x"}"#), .conflict)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
        }
    }
}
