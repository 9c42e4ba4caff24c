import Domain
import Store
import TestSupport
import Testing
import UseCases

@Suite struct FeedHorizonTests {
    @Test("The change feed's horizon stands at the oldest transaction that writes, in whichever database")
    func otherDatabase() async throws {
        try await TestDatabase.with { database in
            try await database.withEnvironment(role: "docket_scheduler") { scheduler in
                try await TestDatabase.with { other in
                    let tenant = try await TestTenant.make(in: other)
                    try await other.withEnvironment { api in
                        var first = TenantUnit(tenant.id)
                        first.add(SignalQueue(tenant: tenant.id, queue: tenant.queue, id: IdentifierSource().next()))
                        let later = try await api.database.transaction(first) { _, _ in
                            let later = try #require(Int64(try await other.sql("SELECT pg_current_xact_id()")[0][0]))
                            let horizon = try #require(try await scheduler.database.feedHorizon())
                            #expect(horizon.oldest < later && horizon.next > later)
                            return later
                        }
                        let isOver = try await eventually { try #require(try await scheduler.database.feedHorizon()).oldest > later }
                        #expect(isOver)
                    }
                }
            }
        }
    }
}
