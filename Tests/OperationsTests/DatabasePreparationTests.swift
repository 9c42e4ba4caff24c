import Deployment
import Postgres
import TestSupport
import Testing

@Suite("Database preparation")
struct DatabasePreparationTests {
    /// Roles belong to the whole server: without a lock that does as well, PostgreSQL answers "tuple concurrently updated".
    @Test("many databases of one server are prepared at the same time")
    func concurrent() async throws {
        try await TestDatabase.with { first in
            try await TestDatabase.with { second in
                let preparation = DatabasePreparation(sql: try SQLDirectory(), logger: TestServer.logger)
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for number in 0..<12 {
                        let superuser = try TestServer.superuser(database: number.isMultiple(of: 2) ? first.name : second.name)
                        tasks.addTask { try await preparation.prepareRoles(as: superuser, password: nil) }
                    }
                    try await tasks.waitForAll()
                }
            }
        }
    }
}
