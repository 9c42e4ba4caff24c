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
            #expect(closed.text.contains(#""state":"waiting_assignment","allowed_states":["waiting_customer","on_hold","resolved"]"#))
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

    @Test("Latitude and longitude come and go together; numbers come back as they were given")
    func place() async throws {
        try await APIFixture.with { api in
            let made = try await api.succeed(
                "createTicket",
                body: #"{"subject":"x","service_area":"Süd","latitude":-33.86882,"longitude":151}"#
            )
            #expect(try made.text("service_area") == "Süd")
            #expect(try made.value("latitude").double == -33.86882)
            #expect(try made.value("longitude").double == 151)
            let ids = ["ticket_id": try made.text("id")]
            let refused: [(String, [String])] = [
                (#"{"latitude":1}"#, ["/longitude required"]), (#"{"longitude":null}"#, ["/latitude required"]),
                (#"{"latitude":1,"longitude":null}"#, ["/longitude conflict"]), (#"{"latitude":"1","longitude":2}"#, ["/latitude wrong-type"]),
                (#"{"latitude":-90.1,"longitude":180.1}"#, ["/latitude out-of-range", "/longitude out-of-range"]),
            ]
            for (body, errors) in refused {
                let answer = try await api.call("updateTicket", ids, body: body, headers: made.ifMatch)
                #expect(try expectProblem(answer, .validationFailed) == errors)
            }
            let moved = try await api.succeed("updateTicket", ids, body: #"{"latitude":90,"longitude":-180}"#, headers: made.ifMatch)
            #expect(try moved.value("latitude").double == 90)
            let cleared = try await api.succeed(
                "updateTicket",
                ids,
                body: #"{"latitude":null,"longitude":null,"service_area":null}"#,
                headers: moved.ifMatch
            )
            #expect(try cleared.value("latitude").isNull && cleared.value("longitude").isNull && cleared.value("service_area").isNull)
        }
    }

    @Test("An explanation of a ticket that has its agent tells what was recorded, and as=now what routing would do")
    func explanationAsOfNow() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            try await api.succeed("claimTicket", as: .agentOfA, ids, body: "{}")
            let recorded = try await api.succeed("explainTicketRouting", ids)
            #expect(try recorded.text("status") == "assigned")
            let now = try await api.succeed("explainTicketRouting", ids, query: "as=now")
            #expect(try now.text("status") == "assigned")
            #expect(try now.text("assignment", "agent_id") == api.agentOfA.description)
            #expect(try now.value("agents").elements?.isEmpty == false)
            #expect(try now.text("mode") == "balanced")
            let wrong = try await api.call("explainTicketRouting", ids, query: "as=then")
            #expect(wrong.status == .unprocessableContent)
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

    @Test func aRepeatedBatchHasOneEffect() async throws {
        try await APIFixture.with { api in
            let headers: HTTPFields = [Self.key: "b-1"]
            let body = #"{"items":[{"subject":"a"},{"subject":"b","idempotency_key":"own"},{"subject":"c"}]}"#
            let first = try await api.succeed("createTickets", body: body, headers: headers)
            let second = try await api.succeed("createTickets", body: body, headers: headers)
            for index in ["0", "1", "2"] {
                #expect(try first.value("items", index, "status").int64 == 201)
                #expect(try first.text("items", index, "id") == second.text("items", index, "id"))
            }
            #expect(try await api.succeed("listTickets").value("data").count == 3)
            // Another body under the same key is another request; an item's own key is known in any.
            let changed = body.replacing(#""c""#, with: #""d""#)
            try expectProblem(try await api.call("createTickets", body: changed, headers: headers), .idempotencyKeyReused)
            let own = try await api.succeed("createTickets", body: #"{"items":[{"subject":"other","idempotency_key":"own"}]}"#)
            #expect(try own.text("items", "0", "error", "code") == "idempotency-key-reused")
            #expect(try await api.succeed("listTickets").value("data").count == 3)
            let long: HTTPFields = [Self.key: String(repeating: "k", count: 253)]
            try expectProblem(try await api.call("createTickets", body: body, headers: long), .idempotencyKeyInvalid)
        }
    }

    @Test func keysThatPromiseNothingAreRefused() async throws {
        try await APIFixture.with { api in
            let headers: HTTPFields = [Self.key: "k"]
            let ids = try await HappyPathTests.seed(api, name: "seed")
            for operation in APIOperations.all where operation.method != .get && operation.idempotency == .none {
                let body = operation.body == nil ? nil : SampleBodies.body(of: operation.id, ids: ids, name: "seed")
                var fields = headers
                if operation.isConditional { fields[.ifMatch] = "*" }
                try expectProblem(try await api.call(operation.id, ids, body: body, headers: fields), .idempotencyKeyInvalid)
            }
        }
    }

    /// The configuration may change between a request and its repetition: the answer of the first stands.
    @Test func aRepetitionIsAnsweredWhateverTheConfigurationHasBecome() async throws {
        try await APIFixture.with { api in
            let headers: HTTPFields = [Self.key: "k-3"]
            let queue = try await api.succeed("createQueue", body: #"{"name":"short-lived"}"#)
            let body = #"{"subject":"x","queue_id":"\#(try queue.text("id"))","preferred_agent_id":"\#(api.agentOfA)"}"#
            let first = try await api.succeed("createTicket", body: body, headers: headers)
            try await api.succeed("updateQueue", ["queue_id": queue.text("id")], body: #"{"active":false}"#, headers: queue.ifMatch)
            let second = try await api.succeed("createTicket", body: body, headers: headers)
            #expect(second.response.status == .created && second.response.text == first.response.text)
            #expect(second.response.headers[.idempotentReplayed] == "true")
            try expectProblem(try await api.call("createTicket", body: body, headers: [Self.key: "k-4"]), .validationFailed)
            let unknown = try await api.call("createTicket", body: #"{"subject":"x","preferred_agent_id":"\#(TicketID(high: 1, low: 1))"}"#)
            #expect(try expectProblem(unknown, .validationFailed) == ["/preferred_agent_id unknown-reference"])
        }
    }

    @Test func anEditIsNotRefusedForWhatItLeavesAsItWas() async throws {
        try await APIFixture.with { api in
            let queue = try await api.succeed("createQueue", body: #"{"name":"short-lived"}"#)
            let inactive = try queue.text("id")
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","queue_id":"\#(inactive)"}"#).text("id")]
            try await api.succeed("updateQueue", ["queue_id": inactive], body: #"{"active":false}"#, headers: queue.ifMatch)
            let any: HTTPFields = [.ifMatch: "*"]
            #expect(try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: any).text("subject") == "y")
            try await api.succeed("updateTicket", ids, body: #"{"queue_id":null}"#, headers: any)
            let back = try await api.call("updateTicket", ids, body: #"{"queue_id":"\#(inactive)"}"#, headers: any)
            #expect(try expectProblem(back, .validationFailed) == ["/queue_id unknown-reference"])
            let agent = try await api.call("updateTicket", ids, body: #"{"preferred_agent_id":"\#(inactive)"}"#, headers: any)
            #expect(try expectProblem(agent, .validationFailed) == ["/preferred_agent_id unknown-reference"])
        }
    }

    @Test func ownFieldsAreBoundedInAll() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let any: HTTPFields = [.ifMatch: "*"]
            func fields(_ names: Range<Int>, _ value: String) -> String {
                #"{"fields":{"# + names.map { #""f\#($0)":\#(value)"# }.joined(separator: ",") + "}}"
            }
            try await api.succeed("updateTicket", ids, body: fields(0..<60, "1"), headers: any)
            let many = try await api.call("updateTicket", ids, body: fields(60..<120, "1"), headers: any)
            #expect(try expectProblem(many, .validationFailed) == ["/fields too-many"])
            let text = #""\#(String(repeating: "x", count: 8_000))""#
            try await api.succeed("updateTicket", ids, body: fields(0..<5, text), headers: any)
            let long = try await api.call("updateTicket", ids, body: fields(5..<10, text), headers: any)
            #expect(try expectProblem(long, .validationFailed) == ["/fields too-long"])
            try await api.succeed("updateTicket", ids, body: fields(0..<60, "null"), headers: any)
            try await api.succeed("updateTicket", ids, body: fields(5..<10, text), headers: any)
        }
    }

    @Test func namesThatAreOneTextAreRefused() async throws {
        try await APIFixture.with { api in
            let twice = try await api.call("createTicket", body: #"{"subject":"x","fields":{"caf\u00e9":1,"cafe\u0301":2}}"#)
            #expect(try expectProblem(twice, .validationFailed) == ["/fields/cafe\u{301} duplicate"])
        }
    }

    @Test(
        arguments: [
            ("9007199254740993", "9007199254740993"), ("-9223372036854775808", "-9223372036854775808"),
            ("9223372036854775807", "9223372036854775807"),
            ("1e3", "1000"), ("12.50", "12.5"), ("0.1", "0.1"), ("1e19", "1e+19"), ("5e-324", "5e-324"), ("-0.0", "0"), ("1.0", "1"),
            ("9223372036854775808.5", nil), ("18446744073709551617", nil), ("0.1000000000000000000001", nil), ("1e-400", nil), ("1e400", nil),
            ("1e-9223372036854775808", nil), ("9007199254740993.5", nil),
        ] as [(String, String?)]
    )
    func numbersAreExactOrRefused(sent: String, shown: String?) async throws {
        try await APIFixture.with { api in
            let body = #"{"subject":"x","fields":{"n":\#(sent)}}"#
            guard let shown else {
                #expect(try expectProblem(try await api.call("createTicket", body: body), .validationFailed) == ["/fields/n out-of-range"])
                return
            }
            let made = try await api.succeed("createTicket", body: body)
            let read = try await api.succeed("getTicket", ["ticket_id": try made.text("id")])
            #expect(try String(decoding: read.value("fields", "n").rawBytes, as: UTF8.self) == shown)
            #expect(read.entityTag == made.entityTag)
        }
    }

    @Test func messagesHeedIfMatch() async throws {
        try await APIFixture.with { api in
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            let ids = ["ticket_id": try ticket.text("id")]
            for operation in ["replyToTicket", "addTicketNote"] {
                let before = try await api.succeed("getTicket", ids)
                try await api.succeed(operation, ids, body: #"{"body":"a"}"#, headers: before.ifMatch)
                let stale = try await api.call(operation, ids, body: #"{"body":"b"}"#, headers: before.ifMatch)
                try expectProblem(stale, .preconditionFailed)
                #expect(stale.headers[.eTag] == (try await api.succeed("getTicket", ids).entityTag))
            }
            #expect(try await api.succeed("listTicketMessages", ids).value("data").count == 2)
        }
    }

    /// Whatever takes the header is something with a tag; whatever writes may answer 412.
    @Test func ifMatchIsDescribed() {
        for operation in APIOperations.all {
            #expect(operation.allProblems.contains(.preconditionFailed) == (operation.method != .get), "\(operation.id)")
            if operation.acceptsIfMatch { #expect(operation.method != .get, "\(operation.id)") }
        }
    }

    @Test func timersArePaged() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(
                #"{"name":"P","targets":[{"metric":"first_response","seconds":60,"mode":"calendar"},{"metric":"requester_wait","seconds":60,"mode":"calendar"},{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#
            )
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let all = try await api.succeed("getTicketTimers", ids).value("data").elements ?? []
            #expect(all.count == 3)
            var read: [String] = []
            var query = "limit=1"
            while true {
                let page = try await api.succeed("getTicketTimers", ids, query: query)
                let timers = try page.value("data").elements ?? []
                #expect(timers.count == 1)
                read += try timers.map { try #require($0.members?.first { $0.name == "metric" }?.value.string) }
                guard let cursor = try page.value("next_cursor").string else { break }
                #expect(page.response.headers[.link]?.contains(cursor) == true)
                query = "limit=1&cursor=\(cursor)"
            }
            #expect(read == all.compactMap { $0.members?.first { $0.name == "metric" }?.value.string })
            #expect(Set(read).count == 3)
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
