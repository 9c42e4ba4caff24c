import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Customers and their contracts at the door.
@Suite struct OrganizationEndpointTests {
    @Test("A ticket shows whose it is and whose calendar counts; the timer tells why", arguments: ["organization", "tenant"])
    func calendarSource(_ source: String) async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(#"{"name":"Gold","targets":[{"metric":"resolution","seconds":7200,"mode":"business"}]}"#)
            let calendar = try await api.succeed("createCalendar", body: #"{"name":"c","tz":"UTC","always_open":true}"#).text("id")
            let own = source == "organization" ? #","calendar_id":"\#(calendar)""# : ""
            let acme = try await api.succeed("createOrganization", body: #"{"name":"Acme","tier":"gold"\#(own)}"#).text("id")
            if source == "tenant" { try await api.succeed("putSLASettings", body: #"{"calendar_id":"\#(calendar)"}"#) }
            let ada = #"{"name":"Ada","email":"ada@example.org","organization_id":"\#(acme)"}"#
            let requester = try await api.succeed("createRequester", body: ada).text("id")
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x","requester_id":"\#(requester)"}"#)
            #expect(try ticket.text("organization_id") == acme)
            let ids = ["ticket_id": try ticket.text("id")]
            let explanation = try await api.succeed("getTicketTimers", ids).value("data", "0", "explain")
            #expect(explanation.members?.first { $0.name == "calendar_id" }?.value.string == calendar)
            #expect(explanation.members?.first { $0.name == "calendar_source" }?.value.string == source)
        }
    }

    @Test("The priority follows from impact, urgency and the customer's tier when the ticket is made or one of the first two changes")
    func priorities() async throws {
        try await APIFixture.with { api in
            let acme = try await api.succeed("createOrganization", body: #"{"name":"Acme","tier":"gold"}"#)
            var requesters: [String] = []
            for organization in [#","organization_id":"\#(try acme.text("id"))""#, ""] {
                let body = #"{"name":"x","email":"r\#(requesters.count)@example.org"\#(organization)}"#
                requesters.append(try await api.succeed("createRequester", body: body).text("id"))
            }
            func create(_ requester: Int, _ more: String = "") async throws -> Answer {
                let body = #"{"subject":"x","impact":2,"urgency":2,"requester_id":"\#(requesters[requester])"\#(more)}"#
                return try await api.succeed("createTicket", body: body)
            }
            let early = try await create(0)
            #expect(try early.text("priority") == "P3")
            #expect(try await api.succeed("getPriorityMatrix").value("tiers").count == 0)
            let matrix = SampleBodies.body(of: "putPriorityMatrix", ids: [:], name: "")
            try await api.succeed("putPriorityMatrix", body: matrix)
            #expect(try await api.succeed("getTicket", ["ticket_id": try early.text("id")]).text("priority") == "P3")
            let golden = try await create(0)
            #expect(try golden.text("priority") == "P2")
            #expect(try await create(0, #","priority":"P4""#).text("priority") == "P4")
            #expect(try await create(1).text("priority") == "P3")
            let batch = #"{"items":[{"subject":"x","impact":2,"urgency":2,"requester_id":"\#(requesters[0])"}],"atomic":true}"#
            try await api.succeed("createTickets", body: batch)
            #expect(try await api.succeed("listTickets", query: "limit=1").text("data", "0", "priority") == "P2")
            // Another tier rewrites nothing; from then on it counts.
            try await api.succeed("updateOrganization", ["organization_id": try acme.text("id")], body: #"{"tier":"silver"}"#, headers: acme.ifMatch)
            let ids = ["ticket_id": try golden.text("id")]
            let same = try await api.succeed("getTicket", ids)
            #expect(try same.text("priority") == "P2")
            let repeated = try await api.succeed("updateTicket", ids, body: #"{"impact":2,"subject":"y"}"#, headers: same.ifMatch)
            #expect(try repeated.text("priority") == "P2")
            let changed = try await api.succeed("updateTicket", ids, body: #"{"urgency":1}"#, headers: repeated.ifMatch)
            #expect(try changed.text("priority") == "P2")
            let back = try await api.succeed("updateTicket", ids, body: #"{"urgency":2}"#, headers: changed.ifMatch)
            #expect(try back.text("priority") == "P3")
            #expect(try await create(0).text("priority") == "P3")
            // Who knows the matrix is another tenant's business.
            #expect(try await api.succeed("getPriorityMatrix", as: .tenantB).value("tiers").count == 0)
        }
    }

    @Test("A priority set by hand needs a reason, also beside another impact; one that follows from the matrix does not")
    func priorityByHand() async throws {
        try await APIFixture.with { api in
            let made = try await api.succeed("createTicket", body: #"{"subject":"x","impact":3,"urgency":3}"#)
            #expect(try made.text("priority") == "P4")
            let ids = ["ticket_id": try made.text("id")]
            for body in [#"{"priority":"P1"}"#, #"{"impact":2,"priority":"P1"}"#, #"{"impact":2,"urgency":1,"priority":"P1"}"#] {
                let refused = try await api.call("updateTicket", ids, body: body, headers: [.ifMatch: "*"])
                #expect(try expectProblem(refused, .validationFailed) == ["/reason required"], "\(body)")
            }
            #expect(try await api.succeed("getTicket", ids).text("priority") == "P4")
            for (body, priority) in [
                (#"{"urgency":1}"#, "P3"), (#"{"impact":1,"priority":"P1"}"#, "P1"), (#"{"priority":"P4","reason":"asked for"}"#, "P4"),
                (#"{"impact":2,"priority":"P1","reason":"asked for"}"#, "P1"),
            ] {
                #expect(try await api.succeed("updateTicket", ids, body: body, headers: [.ifMatch: "*"]).text("priority") == priority, "\(body)")
            }
        }
    }

    @Test(
        "What is wrong with a priority matrix is named",
        arguments: [
            ("\"matrix\":[]", ["/matrix too-few"]), ("\"matrix\":[[\"P1\"],[],[]]", ["/matrix/0 too-few", "/matrix/1 too-few", "/matrix/2 too-few"]),
            ("\"matrix\":$M,\"tiers\":[{\"tier\":\"Gold\",\"matrix\":$M}]", ["/tiers/0/tier invalid-format"]),
            ("\"matrix\":$M,\"tiers\":[{\"tier\":\"a\",\"matrix\":$M},{\"tier\":\"a\",\"matrix\":$M}]", ["/tiers/1/tier duplicate"]),
            ("\"matrix\":$M,\"tiers\":[{\"tier\":\"a\"}]", ["/tiers/0/matrix required"]), ("\"tiers\":[]", ["/matrix required"]),
            ("\"matrix\":[[\"P1\",\"P2\",\"P5\"],[\"P1\",\"P2\",\"P3\"],[\"P1\",\"P2\",\"P3\"]]", ["/matrix/0/2 not-allowed"]),
        ] as [(String, [String])]
    )
    func refusedMatrices(_ row: (body: String, problems: [String])) async throws {
        try await APIFixture.with { api in
            let matrix = #"[["P1","P1","P2"],["P1","P2","P3"],["P2","P3","P3"]]"#
            let response = try await api.call("putPriorityMatrix", body: "{\(row.body.replacing("$M", with: matrix))}")
            #expect(try expectProblem(response, .validationFailed).sorted() == row.problems)
            #expect(try await api.succeed("getPriorityMatrix").text("matrix", "0", "1") == "P2")
        }
    }

    @Test(
        "What is wrong with an organization or a contract is named",
        arguments: [
            ("createOrganization", #"{"name":"x","tier":"Gold!"}"#, ["/tier invalid-format"]),
            ("createOrganization", #"{"name":"x","calendar_id":"00000000-0000-7000-8000-000000000001"}"#, ["/calendar_id unknown-reference"]),
            (
                "createContract",
                #"{"organization_id":"$ORG","number":"1","name":"x","valid_from":"2026-02-01T00:00:00Z","valid_to":"2026-01-01T00:00:00Z","currency":"eur"}"#,
                ["/currency invalid-format", "/valid_to out-of-range"]
            ),
            (
                "createContract",
                #"{"organization_id":"00000000-0000-7000-8000-000000000001","number":"1","name":"x","valid_from":"2026-02-01T00:00:00Z","currency":"EUR"}"#,
                ["/organization_id unknown-reference"]
            ),
            (
                "createContract",
                #"{"organization_id":"$ORG","number":"C-2","name":"x","valid_from":"2026-02-01T00:00:00Z","currency":"EUR"}"#,
                ["/valid_from conflict"]
            ),
        ] as [(String, String, [String])]
    )
    func refusals(_ row: (operation: String, body: String, problems: [String])) async throws {
        try await APIFixture.with { api in
            let acme = try await api.succeed("createOrganization", body: #"{"name":"Acme","external_ref":"A1"}"#).text("id")
            let first = #"{"organization_id":"\#(acme)","number":"C-1","name":"x","valid_from":"2026-01-01T00:00:00Z","currency":"EUR"}"#
            try await api.succeed("createContract", body: first)
            let response = try await api.call(row.operation, body: row.body.replacing("$ORG", with: acme))
            #expect(try expectProblem(response, .validationFailed).sorted() == row.problems)
            for body in [#"{"name":"Acme"}"#, #"{"name":"Other","external_ref":"A1"}"#] {
                try expectProblem(try await api.call("createOrganization", body: body), .alreadyExists)
            }
            #expect(try await api.succeed("listContracts", query: "number=C-1").value("data").count == 1)
        }
    }
}
