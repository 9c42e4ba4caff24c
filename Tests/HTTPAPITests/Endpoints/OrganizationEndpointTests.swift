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
