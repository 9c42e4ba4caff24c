import Deployment
import Domain
import Foundation
import TestSupport
import Testing
import UseCases

@testable import Operations

/// `docket sla lint` and `docket sla reevaluations`.
@Suite("docket sla lint, docket sla reevaluations")
struct SLAPolicyCommandTests {
    private static func run(_ text: String, _ arguments: String...) async throws -> Int32 {
        let path = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return await CommandLineEntry.run(["sla", "lint", path.path()] + arguments)
    }

    private static let good = #"{"name":"P","targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#
    private static let stopped =
        #"{"name":"Q","position":0,"targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}],"conditions":{"field":"state","op":"equals","value":"resolved"}}"#

    @Test("0 without errors, 1 with one, in every form of the file; 1 and a sentence where it cannot be read")
    func status() async throws {
        #expect(try await Self.run("[\(Self.good)]") == 0)
        #expect(try await Self.run(#"{"policies":[\#(Self.good)]}"#, "--json") == 0)
        #expect(try await Self.run(#"{"data":[\#(Self.stopped)],"next_cursor":null,"has_more":false}"#) == 1)
        #expect(try await Self.run(#"[\#(Self.stopped.replacing("\"position\":0", with: "\"active\":false"))]"#) == 0)
        #expect(try await Self.run("[\(Self.good.replacing("{\"name\"", with: "{\"position\":-1,\"name\""))]") == 1)
        #expect(try await Self.run("[{}]") == 1)
        #expect(await CommandLineEntry.run(["sla", "lint", "/nonexistent"]) == 1)
        #expect(await CommandLineEntry.run(["sla", "lint"]) == 2)
    }

    @Test("Calendars in the file tell whether a target can be reached")
    func calendars() throws {
        let id = "00000000-0000-7000-8000-000000000001"
        let text = #"""
            {"policies":[{"name":"P","calendar_id":"\#(id)","targets":[{"metric":"resolution","seconds":3000000,"mode":"business"}]}],
            "calendars":{"\#(id)":{"tz":"UTC","weekly":{"mon":[["09:00","10:00"]]}}}}
            """#
        let file = try JSONDecoder().decode(PolicyFile.self, from: Data(text.utf8))
        let findings = try file.findings(zones: ZoneFiles(), now: Timestamp(microseconds: 1_700_000_000_000_000))
        #expect(findings.map(\.finding.code) == [.targetUnreachable])
        #expect(findings.first?.finding.pointer == "/targets/0/seconds")
    }

    @Test("The table of re-evaluations, and bad usage")
    func reevaluations() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["sla", "reevaluations"] + arguments + ["--database-url", url])
            }
            #expect(await run("--tenant", "acme") == 0)
            try await database.sql(
                """
                INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, total, examined, requested_at)
                VALUES ('\(tenant.id)', gen_random_uuid(), 'policy', 1, 'running', 9, 4, docket.now())
                """
            )
            #expect(await run("--tenant", "acme") == 0)
            #expect(await run("--tenant", "acme", "--json") == 0)
            #expect(await run("--tenant", "nobody") == 1)
            #expect(await run("--tenant", "acme", "--limit", "0") == 2)
            for (arguments, status) in [(["--tenant", "acme"], 0), ([], 0), (["--tenant", "nobody"], 1)] as [([String], Int32)] {
                #expect(await CommandLineEntry.run(["sla", "remeasure"] + arguments + ["--database-url", url]) == status)
            }
            #expect(try await database.sql("SELECT cause FROM docket.sla_reevaluation WHERE state = 'waiting'") == [["time_zones"]])
            try await database.sql("DELETE FROM docket.sla_reevaluation WHERE cause = 'time_zones'")
            try await database.withEnvironment { environment in
                let found = try await ReevaluationQueries(environment: environment).reevaluations(in: tenant.id, limit: 5)
                let lines = ReevaluationTable.render(found).split(separator: "\n")
                #expect(lines.count == 2 && lines[0].hasPrefix("requested") && lines[1].contains("policy"))
            }
        }
    }
}
