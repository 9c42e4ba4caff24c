import Domain
import HTTPAPI
import TestSupport
import Testing
import UseCases

@testable import Operations

/// `docket oncall`, against a database.
@Suite("docket oncall")
struct OnCallTests {
    private static func seed(_ database: TestDatabase) async throws -> TestTenant {
        let tenant = try await TestTenant.make(in: database, slug: "acme")
        let (first, second, gone) = (try await tenant.addAgent(), try await tenant.addAgent(), try await tenant.addAgent())
        let identifiers = IdentifierSource()
        let (rota, group, chain): (RotaID, GroupID, EscalationChainID) = (identifiers.next(), identifiers.next(), identifiers.next())
        let members = #"["\#(first)","\#(second)"]"#
        let override = #"[{"from":"2026-05-01T00:00:00Z","to":"2026-05-02T07:00:00Z","agent_id":"\#(second)"}]"#
        func level(_ targets: String) -> String {
            #"{"targets":[\#(targets)],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
        }
        let levels = [
            level(#"{"type":"assignee"}"#), level(#"{"type":"rota","id":"\#(rota)"},{"type":"group_head","id":"\#(group)"}"#),
            level(#"{"type":"agent","id":"\#(gone)"}"#),
        ].joined(separator: ",")
        try await database.sql(
            """
            UPDATE docket.agent SET name = 'Ana' WHERE id = '\(first)';
            UPDATE docket.agent SET name = 'Li Wei' WHERE id = '\(second)';
            UPDATE docket.agent SET name = 'Sam', active = false WHERE id = '\(gone)';
            INSERT INTO docket.on_call_rota (tenant_id, id, name, definition, created_at, updated_at) VALUES ('\(tenant.id)', '\(rota)', 'Night',
                '{"tz":"Europe/Berlin","starts_on":"2026-01-05","handover":"09:00","shift_hours":168,"members":\(members),"overrides":\(override)}',
                docket.now(), docket.now());
            INSERT INTO docket.agent_group (tenant_id, id, name, head_agent_id, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(group)', 'Field', '\(first)', docket.now(), docket.now());
            INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(chain)', 'Urgent', '{"version":1,"levels":[\(levels)],"repeats":0}', docket.now(), docket.now());
            """
        )
        return tenant
    }

    @Test("Says who is called and why, at any time")
    func report() async throws {
        try await TestDatabase.with { database in
            let tenant = try await Self.seed(database)
            try await database.withEnvironment { environment in
                let queries = OnCallQueries(environment: environment)
                func lines(_ time: String) async throws -> [String] {
                    let report = try await queries.report(of: tenant.id, at: Timestamp(time))
                    return OnCallText.render(report).split(separator: "\n").map(String.init)
                }
                let override = "rota Night: Li Wei, override until 2026-05-02T07:00:00.000Z"
                #expect(
                    try await lines("2026-05-01T20:15:00Z") == [
                        "On call at 2026-05-01T20:15:00.000Z", "Rotas:", "  \(override)", "Groups:", "  head of Field: Ana", "Chain Urgent:",
                        "  level 1: whoever has the ticket", "  level 2: \(override); head of Field: Ana",
                        "  level 3: skipped: nobody (Sam is not active)", "Fallback: nobody",
                    ]
                )
                #expect(try await lines("2026-01-05T08:00:00Z")[2] == "  rota Night: Ana until 2026-01-12T08:00:00.000Z")
                #expect(try await lines("2026-01-05T07:59:59Z")[2] == "  rota Night: nobody: it begins on 2026-01-05")
                let now = try await queries.report(of: tenant.id)
                #expect(now.json.contains(#""name":"Night""#) && now.chains.count == 1)
            }
        }
    }

    @Test("0 for a tenant, 1 where there is none, 2 for bad usage")
    func command() async throws {
        try await TestDatabase.with { database in
            _ = try await Self.seed(database)
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["oncall"] + arguments + ["--database-url", url])
            }
            #expect(await run("--tenant", "acme") == 0)
            #expect(await run("--tenant", "acme", "--at", "2026-05-01T20:15:00Z", "--json") == 0)
            #expect(await run("--tenant", "acme", "--chain", "Urgent") == 0)
            #expect(await run("--tenant", "acme", "--chain", "Quiet") == 1)
            #expect(await run("--tenant", "nobody") == 1)
            #expect(await run("--tenant", "acme", "--at", "tomorrow") == 2)
            #expect(await run() == 2)
        }
    }
}
