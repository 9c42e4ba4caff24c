import Domain
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// What is wrong is told at its place: of the body by a pointer, of the address by the parameter's name.
@Suite struct PointerTests {
    @Test("A zone that there is not is told of the parameter tz, and in a body at /tz")
    func zones() async throws {
        try await APIFixture.with { api in
            let span = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z"
            for (operation, query) in [("getSLAReport", span), ("listPenalties", "month=2026-01"), ("getSLAStatement", "month=2026-01")] {
                let refused = try await api.call(operation, query: query + "&tz=Mars/Olympus")
                #expect(try expectProblem(refused, .validationFailed) == ["tz unknown-zone"])
                #expect(refused.text.contains(#""parameter":"tz""#), "\(refused.text)")
            }
            let body = try await api.call("computePenalties", body: #"{"month":"2026-01","tz":"Mars/Olympus"}"#)
            #expect(try expectProblem(body, .validationFailed) == ["/tz unknown-zone"])
            #expect(body.text.contains(#""pointer":"/tz""#))
            let long = try await api.call("getSLAReport", query: "from=2000-01-01T00:00:00Z&to=2020-01-01T00:00:00Z")
            #expect(try expectProblem(long, .validationFailed) == ["to out-of-range"])
        }
    }

    @Test("One half of a place is told at the half that is wrong or missing")
    func places() async throws {
        try await APIFixture.with { api in
            let site = try await api.succeed("createSite", body: #"{"name":"s"}"#).text("id")
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
            let ids = ["ticket_id": ticket, "site_id": site, "agent_id": api.agentOfA.description]
            for operation in ["updateTicket", "updateSite", "updateAgent"] {
                for (body, problem) in [
                    (#"{"latitude":null}"#, "/longitude required"), (#"{"longitude":1}"#, "/latitude required"),
                    (#"{"latitude":null,"longitude":1}"#, "/latitude conflict"), (#"{"latitude":1,"longitude":null}"#, "/longitude conflict"),
                ] {
                    let refused = try await api.call(operation, ids, body: body, headers: [.ifMatch: "*"])
                    #expect(try expectProblem(refused, .validationFailed) == [problem], "\(operation) \(body)")
                }
            }
        }
    }
}
