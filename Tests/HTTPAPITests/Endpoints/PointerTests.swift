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

    @Test("A report outside the years that calendars know is told of its end that lies there, and of the periods only where they are too many")
    func years() async throws {
        try await APIFixture.with { api in
            for (query, problem) in [
                ("from=1899-12-31T23:59:59Z&to=1900-02-01T00:00:00Z", "from out-of-range"),
                ("from=2299-12-01T00:00:00Z&to=2300-01-01T00:00:01Z", "to out-of-range"),
                ("from=2300-01-01T00:00:00Z&to=2300-02-01T00:00:00Z", "from out-of-range"),
                ("from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&by=period&period=day", "period out-of-range"),
            ] {
                let refused = try await api.call("getSLAReport", query: query)
                #expect(try expectProblem(refused, .validationFailed) == [problem], "\(query)")
            }
            try await api.succeed("getSLAReport", query: "from=2299-12-01T00:00:00Z&to=2300-01-01T00:00:00Z")
        }
    }

    @Test("When a calendar begins is a time like any other, with as many digits as its sender likes")
    func beginnings() async throws {
        try await APIFixture.with { api in
            let id = try await api.succeed("createCalendar", body: #"{"name":"c","tz":"UTC","weekly":{"mon":[["09:00","17:00"]]}}"#).text("id")
            func replace(_ time: String) async throws -> TestResponse {
                let body = #"{"name":"c","tz":"UTC","weekly":{"mon":[["09:00","17:00"]]},"effective_from":"\#(time)"}"#
                return try await api.call("replaceCalendar", ["calendar_id": id], body: body, headers: [.ifMatch: "*"])
            }
            let refused = try await replace(String(repeating: "x", count: 300))
            #expect(try expectProblem(refused, .validationFailed) == ["/effective_from invalid-format"])
            let long = try await replace("2031-01-01T00:00:00." + String(repeating: "0", count: 300) + "Z")
            #expect(long.status == .ok, "\(long.text)")
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
