import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Features.md A3.13 over HTTP.
@Suite struct AbsenceEndpointTests {
    private static func body(_ start: String, _ end: String, _ more: String = "") -> String {
        #"{"kind":"sickness","starts_at":"\#(start)","ends_at":"\#(end)"\#(more)}"#
    }

    @Test("An absence is recorded with who did it, listed, and taken back; what is over stays")
    func life() async throws {
        try await APIFixture.with { api in
            var ids = ["agent_id": api.agentOfA.description]
            let key: HTTPFields = [.idempotencyKey: "one"]
            let made = try await api.succeed(
                "createAbsence",
                ids,
                body: Self.body("2090-01-01T00:00:00Z", "2090-02-01T00:00:00Z", #","reason":"Leg""#),
                headers: key
            )
            #expect(try made.text("tickets") == "unanswered" && made.text("reason") == "Leg" && made.text("created_by", "type") == "api")
            #expect(try made.response.headers[.location] == "/v1/agents/\(api.agentOfA)/absences/\(made.text("id"))")
            let again = try await api.succeed(
                "createAbsence",
                ids,
                body: Self.body("2090-01-01T00:00:00Z", "2090-02-01T00:00:00Z", #","reason":"Leg""#),
                headers: key
            )
            #expect(try again.text("id") == made.text("id"))
            #expect(try await api.succeed("listAbsences", ids).value("data").count == 1)
            ids["absence_id"] = try made.text("id")
            for _ in 0..<2 { #expect(try await api.call("cancelAbsence", ids).status == .noContent) }
            #expect(try await api.succeed("getAbsence", ids).value("cancelled_at").isNull == false)
        }
    }

    @Test("What is wrong with an absence is told at its place; one that is over is not taken back")
    func refusals() async throws {
        try await APIFixture.with { api in
            var ids = ["agent_id": api.agentOfA.description]
            let cases = [
                (Self.body("2090-01-01T00:00:00Z", "2090-01-01T00:00:00Z"), "/ends_at out-of-range"),
                (Self.body("2090-01-01T00:00:00Z", "2091-02-01T00:00:00Z"), "/ends_at out-of-range"),
                (Self.body("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"), "/ends_at in-past"),
                (#"{"kind":"holiday","starts_at":"2090-01-01T00:00:00Z","ends_at":"2090-02-01T00:00:00Z"}"#, "/kind not-allowed"),
            ]
            for (body, problem) in cases {
                #expect(try expectProblem(try await api.call("createAbsence", ids, body: body), .validationFailed) == [problem])
            }
            ids["absence_id"] = try await api.succeed("createAbsence", ids, body: Self.body("2090-01-01T00:00:00Z", "2090-02-01T00:00:00Z"))
                .text("id")
            try await api.database.sql(
                "UPDATE docket.agent_absence SET starts_at = docket.now() - interval '2 hours', ends_at = docket.now() - interval '1 hour', next_at = NULL"
            )
            try expectProblem(try await api.call("cancelAbsence", ids), .conflict)
            try await api.database.sql(
                """
                INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, tickets, starts_at, ends_at, created_by_kind, created_at, next_at)
                SELECT tenant_id, gen_random_uuid(), agent_id, kind, tickets, docket.now() + n * interval '1 day', docket.now() + (n + 1) * interval '1 day',
                    'system', docket.now(), docket.now() + n * interval '1 day' FROM docket.agent_absence, generate_series(1, 100) n
                """
            )
            let more = try await api.call("createAbsence", ids, body: Self.body("2090-01-01T00:00:00Z", "2090-02-01T00:00:00Z"))
            #expect(try expectProblem(more, .validationFailed) == [" limit-reached"])
        }
    }
}
