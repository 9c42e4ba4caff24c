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

    @Test("a server that is prepared again keeps the passwords of its login roles: another deployment may use them")
    func passwords() async throws {
        try await TestDatabase.with { database in
            let superuser = try TestServer.superuser(database: database.name)
            let session = try AdministrationSession(configuration: superuser, logger: TestServer.logger)
            let question = "SELECT rolname, coalesce(rolpassword, '') FROM pg_authid WHERE rolname LIKE 'docket%' ORDER BY rolname"
            let before = try await session.run(question)
            #expect(before.count >= DatabasePreparation.loginRoles.count)
            let preparation = DatabasePreparation(sql: try SQLDirectory(), logger: TestServer.logger)
            try await preparation.prepareRoles(as: superuser, password: Secret("another's"))
            #expect(try await session.run(question) == before)
        }
    }
}
