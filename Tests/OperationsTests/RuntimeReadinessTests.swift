import Deployment
import Domain
import Postgres
import Store
import Telemetry
import TestSupport
import Testing
import UseCases

@testable import Runtime

/// When a process takes itself out of a proxy's turns.
@Suite struct RuntimeReadinessTests {
    @Test(
        "A process whose connections are all taken is ready while one of them has answered within seconds, and not when none has",
        .timeLimit(.minutes(2))
    )
    func busy() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            var configuration = try database.configuration(role: "docket_api")
            configuration.pool.bound(to: 1)
            configuration.timeouts.idleInTransaction = .seconds(60)
            let role = RoleRuntime(configuration: configuration, zones: ZoneFiles(), logger: TestServer.logger)
            let health = HealthRegistry()
            health.markStarted()
            role.register(with: health, name: "database")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await role.client.run() }
                defer { group.cancelAll() }
                #expect(try await eventually { await health.readiness().isReady })
                try await role.environment.database.transaction(TenantUnit(tenant.id)) { _, _ in
                    // The answer to the transaction's first unit was a moment ago.
                    #expect(await health.readiness().isReady)
                    let isCutOff = try await eventually { await !health.readiness().isReady }
                    #expect(isCutOff)
                }
                #expect(try await eventually { await health.readiness().isReady })
            }
        }
    }
}
