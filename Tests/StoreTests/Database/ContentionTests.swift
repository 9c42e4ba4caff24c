import Domain
import MetricsTestKit
import Postgres
import TestSupport
import Testing

@testable import Store

/// Transactions that meet are run again, so that no caller hears of it (reliability.md F16).
@Suite struct ContentionTests {
    /// Where two transactions wait until each holds what the other wants.
    private actor Crossing {
        private(set) var attempts = 0
        private var holders = 0

        func begin() { attempts += 1 }

        func hold() { holders += 1 }

        var isBlocked: Bool { holders >= 2 }
    }

    private func lock(_ agent: AgentID, of tenant: TenantID) -> LockContent<AgentContent> { LockContent(tenant: tenant, id: agent) }

    /// With the second limit the server tells of a deadlock; with the first it looks for one only when the wait is over.
    @Test("Two transactions in a deadlock both end well", arguments: [Duration.seconds(1), .seconds(20)])
    func deadlock(lockTimeout: Duration) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let agents = [try await tenant.addAgent(), try await tenant.addAgent()]
            try await database.withClient(role: "docket_api", lockTimeout: lockTimeout) { client in
                let crossing = Crossing()
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for (mine, other) in [(agents[0], agents[1]), (agents[1], agents[0])] {
                        group.addTask {
                            try await Database(client: client).transaction(TenantUnit(tenant.id)) { transaction, _ in
                                await crossing.begin()
                                // Who comes again finds the other at work or gone, and takes the way that everybody takes.
                                let isFirst = await crossing.attempts <= 2
                                let order = isFirst ? [mine, other] : agents
                                _ = try await transaction.rows(of: lock(order[0], of: tenant.id))
                                await crossing.hold()
                                if isFirst { _ = try await eventually { await crossing.isBlocked } }
                                return try await transaction.rows(of: lock(order[1], of: tenant.id)).count
                            }
                        }
                    }
                    for try await found in group { #expect(found == 1) }
                }
                #expect(await crossing.attempts >= 3)
            }
        }
    }

    @Test(
        "Attempts are bounded, and counted by their cause; other errors and what was committed are not tried again",
        arguments: [
            ("40P01", false, ["deadlock": 2]), ("40001", false, ["serialization": 2]), ("55P03", false, ["lock": 1]),
            ("26000", false, ["forgotten_statement": 5]), ("23505", false, [:]), ("40P01", true, [:]),
        ] as [(String, Bool, [String: Int64])]
    )
    func bounds(state: String, commits: Bool, retries: [String: Int64]) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await database.withClient(role: "docket_api") { client in
                let crossing = Crossing()
                let metrics = TestMetrics()
                await #expect(throws: StoreError.self) {
                    try await Database(client: client, metrics: metrics).transaction(TenantUnit(tenant)) { transaction, _ in
                        await crossing.begin()
                        if commits { _ = try await transaction.commit(StatementList()) }
                        throw StoreError(PostgresError(.server, "met", sqlState: state))
                    }
                }
                #expect(await Int64(crossing.attempts) == 1 + retries.values.reduce(0, +))
                for cause in ["deadlock", "serialization", "lock", "forgotten_statement"] {
                    let counter = try metrics.expectCounter("docket_contention_retries_total", [("cause", cause)])
                    #expect(counter.totalValue == retries[cause, default: 0])
                }
            }
        }
    }

    /// As a pooler between may do. Each unit of the transaction has statements of its own.
    @Test("A transaction whose prepared statements the server forgot ends well")
    func forgottenStatements() async throws {
        struct Forget: Statement {
            typealias Row = NoRow
            static let sql = "DEALLOCATE ALL"
        }
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let agent = try await tenant.addAgent()
            try await database.withClient(role: "docket_api", connections: 1) { (client) async throws in
                let store = Database(client: client)
                @Sendable func work() async throws -> [Int] {
                    try await store.transaction(TenantUnit(tenant.id)) { transaction, _ in
                        let locked = try await transaction.rows(of: lock(agent, of: tenant.id)).count
                        let attended = try await transaction.rows(of: LoadAttendance(tenant: tenant.id, agent: agent)).count
                        return [locked, attended]
                    }
                }
                var forget = PostgresUnit()
                _ = forget.add(Forget())
                for _ in 0..<3 {
                    #expect(try await work() == [1, 1])
                    _ = try? await client.run(forget)
                    #expect(try await work() == [1, 1])
                }
            }
        }
    }
}
