import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Groups that levels call, in the report on who would be called.
@Suite struct OnCallGroupTests {
    private static let large = GroupID(high: 2, low: 1)
    private static let small = GroupID(high: 2, low: 2)

    /// A chain that calls two groups on a level each, behind a group that no chain names and that has everybody.
    private static func seed(_ database: TestDatabase) async throws -> TenantID {
        let tenant = try await TestTenant.make(in: database).id
        func level(_ group: GroupID) -> String {
            #"{"targets":[{"type":"group","id":"\#(group)"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
        }
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                SELECT '\(tenant)', gen_random_uuid(), 'Agent ' || n, n || '@example.com', now(), now() FROM generate_series(1, 10000) n;
            INSERT INTO docket.agent_group (tenant_id, id, name, created_at, updated_at)
                VALUES ('\(tenant)', '\(large)', 'Large', now(), now()), ('\(tenant)', '\(small)', 'Small', now(), now());
            INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(GroupID(high: 1, low: 1))', id FROM docket.agent;
            INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(large)', id FROM docket.agent LIMIT 2100;
            INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(small)', id FROM docket.agent LIMIT 25;
            INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                VALUES ('\(tenant)', gen_random_uuid(), 'Urgent', '{"version":1,"levels":[\(level(large)),\(level(small))],"repeats":0}', now(), now());
            """
        )
        return tenant
    }

    @Test("Of each group the first people are shown and how many are called: as many, in the same order, as a level that fires calls")
    func groups() async throws {
        try await TestDatabase.with { database in
            let tenant = try await Self.seed(database)
            try await database.withEnvironment { environment in
                let report = try await OnCallQueries(environment: environment).report(of: tenant)
                let levels = try #require(report.chains.first?.levels)
                #expect(levels.allSatisfy { !$0.isSkipped })
                let targets = levels.flatMap(\.targets)
                #expect(targets.map(\.people.count) == [20, 20] && targets.map(\.peopleCount) == [EscalationLevel.maximumMembers, 25])
                #expect(targets.map { $0.reason.contains("and nobody of the group beyond these") } == [true, false])
                #expect(targets[1].reason.hasSuffix(", … (25 in all)"))

                let statement = LoadEscalationPeople(tenant: tenant, tickets: [], agents: [], groups: [Self.large, Self.small])
                let rows = try await environment.database.rows(statement, of: tenant)
                let called = EscalationPeople(rows, rotas: [:], zones: environment.zones)
                for (target, group) in zip(targets, [Self.large, Self.small]) {
                    let recipients = called.recipients(of: EscalationLevel(targets: [.group(group)], timeout: 60), group: nil, assignee: nil)
                    #expect(recipients.agents.count == target.peopleCount)
                    #expect(Array(recipients.agents.prefix(20)) == target.people.map(\.id))
                }
            }
        }
    }
}
