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
            func health(_ patience: Duration) -> HealthRegistry {
                let health = HealthRegistry(timeout: .seconds(60))
                health.markStarted()
                role.register(with: health, name: "database", patience: patience)
                return health
            }
            let (patient, impatient) = (health(.seconds(600)), health(.zero))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await role.client.run() }
                defer { group.cancelAll() }
                #expect(try await eventually { await impatient.readiness().isReady })
                try await role.environment.database.transaction(TenantUnit(tenant.id)) { _, _ in
                    #expect(await patient.readiness().isReady)
                    #expect(await !impatient.readiness().isReady)
                }
                #expect(try await eventually { await impatient.readiness().isReady })
            }
        }
    }
}
