import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// How much a report on who would be called shows of a tenant that has set up a lot.
@Suite struct OnCallBoundTests {
    private static let chains = 1_000
    private static let groups = 1_003
    private static let rotas = 1_000

    /// Each chain calls three groups of its own turn; the last has a level that calls one rota, which nobody else does.
    private static func seed(_ database: TestDatabase) async throws -> TenantID {
        let tenant = try await TestTenant.make(in: database).id
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                SELECT '\(tenant)', \(id(1)), 'Agent ' || n, n || '@example.com', now(), now() FROM generate_series(1, 20) n;
            INSERT INTO docket.agent_group (tenant_id, id, name, head_agent_id, created_at, updated_at)
                SELECT '\(tenant)', \(id(2)), 'Group ' || lpad(n::text, 4, '0'), \(id(1, "1 + n % 20")), now(), now() FROM generate_series(1, \(groups)) n;
            INSERT INTO docket.group_member (tenant_id, group_id, agent_id)
                SELECT '\(tenant)', \(id(2)), \(id(1, "1 + (n + m) % 20")) FROM generate_series(1, \(groups)) n, generate_series(1, 3) m;
            INSERT INTO docket.on_call_rota (tenant_id, id, name, definition, created_at, updated_at)
                SELECT '\(tenant)', \(id(3)), 'Rota ' || lpad(n::text, 4, '0'), jsonb_build_object('tz', 'UTC', 'starts_on', '2026-01-05', 'handover', '09:00',
                    'shift_hours', 168, 'members', jsonb_build_array(\(id(1, "1 + n % 20"))), 'overrides', '[]'::jsonb), now(), now() FROM generate_series(1, \(rotas)) n;
            INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                SELECT '\(tenant)', \(id(4)), 'Chain ' || lpad(n::text, 4, '0'), jsonb_build_object('version', 1, 'repeats', 0, 'levels', jsonb_build_array(
                    jsonb_build_object('timeout', 60, 'mode', 'wall', 'condition', 'not_acked', 'actions', jsonb_build_array('notify'), 'targets',
                        (SELECT jsonb_agg(jsonb_build_object('type', 'group', 'id', \(id(2, "n + m")))) FROM generate_series(0, 2) m)
                        || CASE WHEN n = \(chains) THEN jsonb_build_array(jsonb_build_object('type', 'rota', 'id', \(id(3, "7")))) ELSE '[]' END)
                )), now(), now() FROM generate_series(1, \(chains)) n;
            """
        )
        return tenant
    }

    /// SQL for the id of the thing of a kind with a number.
    private static func id(_ kind: Int, _ number: String = "n") -> String {
        "('0000000\(kind)-0000-7000-8000-' || lpad((\(number))::text, 12, '0'))::uuid"
    }

    @Test("Rotas and groups up to a thousand, whole chains up to a thousand targets, and how many there are beside those")
    func bounds() async throws {
        try await TestDatabase.with { database in
            let tenant = try await Self.seed(database)
            try await database.withEnvironment { environment in
                let report = try await OnCallQueries(environment: environment).report(of: tenant)
                #expect(report.rotas.count == 1_000 && report.groups.count == 1_000)
                #expect(report.groups.first?.name == "Group 0001" && report.groups.last?.name == "Group 1000")
                // Three targets each: the 334th would have the 1,002nd.
                #expect(report.chains.count == 333 && report.chains.last?.name == "Chain 0333")
                #expect(report.chains.allSatisfy { $0.levels.flatMap(\.targets).map(\.peopleCount) == [3, 3, 3] })
                #expect(report.rotas.allSatisfy { $0.person != nil } && report.groups.allSatisfy { $0.head != nil })
                #expect(report.omitted == OnCallReport.Omitted(rotas: 0, groups: 3, chains: 667))
            }
        }
    }

    @Test("One chain is shown with the rotas and groups that it names, whatever there is beside it; one that is not there is nothing")
    func chosen() async throws {
        try await TestDatabase.with { database in
            let tenant = try await Self.seed(database)
            try await database.withEnvironment { environment in
                let queries = OnCallQueries(environment: environment)
                let report = try await queries.report(of: tenant, chain: .name("Chain 1000"))
                #expect(report.chains.map(\.name) == ["Chain 1000"])
                #expect(report.groups.map(\.name) == ["Group 1000", "Group 1001", "Group 1002"])
                #expect(report.rotas.map(\.name) == ["Rota 0007"] && report.rotas.first?.person?.name == "Agent 8")
                #expect(report.chains.first?.levels.flatMap(\.targets).map(\.peopleCount) == [3, 3, 3, 1])
                #expect(report.omitted == OnCallReport.Omitted(rotas: 0, groups: 0, chains: 0))
                let id = try #require(report.chains.first?.id)
                #expect(try await queries.report(of: tenant, chain: .id(id)).chains.map(\.id) == [id])

                let none = try await queries.report(of: tenant, chain: .id(environment.identifiers.next()))
                #expect(none.chains.isEmpty && none.groups.isEmpty && none.rotas.isEmpty && none.omitted.chains == 0)
            }
        }
    }
}
