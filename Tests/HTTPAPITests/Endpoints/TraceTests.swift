import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 2: a caller's `traceparent` goes on with the deliveries that the request causes.
@Suite struct TraceTests {
    private static let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private static func kept(_ api: APIFixture) async throws -> [String] {
        let rows = try await api.database.sql("SELECT coalesce(traceparent, 'none') FROM docket.outbox ORDER BY created_at, event_seq")
        try await api.database.sql("DELETE FROM docket.outbox")
        return rows.compactMap(\.first)
    }

    @Test func isKeptWithWhatTheRequestCauses() async throws {
        try await APIFixture.with { api in
            let name = try #require(HTTPField.Name("traceparent"))
            try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/hook"}"#)
            let headers: HTTPFields = [name: Self.trace]
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#, headers: headers).text("id")]
            #expect(try await Self.kept(api) == [Self.trace])
            try await api.succeed("claimTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#, headers: headers)
            let claimed = try await Self.kept(api)
            #expect(!claimed.isEmpty && claimed.allSatisfy { $0 == Self.trace })
            try await api.succeed("createTickets", body: #"{"items":[{"subject":"a"},{"subject":"b"}],"atomic":true}"#, headers: headers)
            #expect(try await Self.kept(api) == [Self.trace, Self.trace])
            try await api.succeed("createTickets", body: #"{"items":[{"subject":"a"},{"subject":"b"}]}"#, headers: headers)
            #expect(try await Self.kept(api) == [Self.trace, Self.trace])
            // The next request has no part in it.
            try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            #expect(try await Self.kept(api) == ["none"])
            // A later version of the header is passed on as the one that is known.
            try await api.succeed("createTicket", body: #"{"subject":"x"}"#, headers: [name: "01" + Self.trace.dropFirst(2) + "-ff"])
            #expect(try await Self.kept(api) == [Self.trace])
        }
    }

    @Test func theStateGoesWithIt() async throws {
        try await APIFixture.with { api in
            let (parent, state) = (try #require(HTTPField.Name("traceparent")), try #require(HTTPField.Name("tracestate")))
            try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/hook"}"#)
            func kept(_ headers: HTTPFields) async throws -> [String] {
                try await api.succeed("createTicket", body: #"{"subject":"x"}"#, headers: headers)
                let rows = try await api.database.sql("SELECT coalesce(tracestate, 'none') FROM docket.outbox")
                try await api.database.sql("DELETE FROM docket.outbox")
                return rows.compactMap(\.first)
            }
            #expect(try await kept([parent: Self.trace, state: "congo=t61rcWkgMzE,rojo=00f067"]) == ["congo=t61rcWkgMzE,rojo=00f067"])
            var several: HTTPFields = [parent: Self.trace]
            several.append(HTTPField(name: state, value: "a=1"))
            several.append(HTTPField(name: state, value: "b=2"))
            #expect(try await kept(several) == ["a=1, b=2"])
            for headers: HTTPFields in [
                [parent: Self.trace], [state: "a=1"], [parent: "x", state: "a=1"], [parent: Self.trace, state: ""],
                [parent: Self.trace, state: "a=" + String(repeating: "x", count: 511)], [parent: Self.trace, state: "a=ü"],
            ] {
                #expect(try await kept(headers) == ["none"], "\(headers)")
            }
        }
    }

    @Test func isIgnoredWhereItIsMalformed() async throws {
        try await APIFixture.with { api in
            let name = try #require(HTTPField.Name("traceparent"))
            try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/hook"}"#)
            for text in ["", "x", "00-0-0-01", Self.trace + "-extra", Self.trace.uppercased(), String(repeating: "0", count: 55)] {
                try await api.succeed("createTicket", body: #"{"subject":"x"}"#, headers: [name: text])
                #expect(try await Self.kept(api) == ["none"])
            }
        }
    }
}
