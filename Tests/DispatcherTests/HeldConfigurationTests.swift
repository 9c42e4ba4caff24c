import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A pass decides by one version of the tenant's configuration, and shows that it does.
@Suite struct HeldConfigurationTests {
    @Test("While a pass is under way, the version that it goes by is not settled: whoever edits the configuration can wait for it")
    func isShown() async throws {
        try await RoutingDesk.with { desk in
            let tenant = desk.tenant.id
            let agent = try await desk.tenant.addAgent()
            try await desk.create()
            let version = try await desk.dispatcher.configurations.configuration(of: tenant).version
            let settled = "SELECT docket.configuration_is_settled('\(tenant)', \(version + 1))::int"
            #expect(try await desk.number(settled) == 1)
            var unit = TenantUnit(tenant)
            unit.add(LockLoadRows(tenant: tenant, agents: [agent]))
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await desk.pass() }
                try await desk.eventually("the pass waits for the agent's row") { try await desk.number(Self.waiting) == 1 }
                #expect(try await desk.number(settled) == 0)
                return pass
            }
            #expect(try await pass.value.assigned.count == 1)
            #expect(try await desk.number(settled) == 1)
        }
    }

    @Test("A pass by an older version changes nothing, and is made again by the version that there is")
    func anotherVersion() async throws {
        try await RoutingDesk.with { desk in
            let tenant = desk.tenant.id
            let french = try await desk.tenant.addSkill("fr")
            let second = try await desk.tenant.addAgent(skills: [SkillLevel(french, level: 1)], tier: 1)
            let old = try await desk.dispatcher.configurations.configuration(of: tenant).version
            try await desk.database.sql(
                """
                UPDATE docket.queue SET steps = '[{"after":60,"tier":1}]' WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1
                """
            )
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [second])
            #expect(try await desk.ticket(id).assigneeID == second)
            #expect(try await desk.dispatcher.configurations.configuration(of: tenant).version == old + 1)
        }
    }

    @Test("A tenant without a configuration is not found, and nothing of it is changed")
    func none() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.create()
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            try await desk.database.sql("SET session_replication_role = replica; DELETE FROM docket.tenant_configuration")
            await #expect { try await desk.pass() } throws: {
                if case UseCaseError.notFound = $0 { true } else { false }
            }
            #expect(try await desk.waitingCount() == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") > 0)
        }
    }

    private static let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
}
