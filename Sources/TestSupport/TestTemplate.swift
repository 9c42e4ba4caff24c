import Deployment
import Postgres

/// The migrated databases that tests clone: made once per process and kind, dropped and made anew by the next process.
actor TestTemplate {
    static let shared = TestTemplate()

    private var made: [Bool: Task<String, any Error>] = [:]

    func name(hasTestClock: Bool) async throws -> String {
        if let task = made[hasTestClock] { return try await task.value }
        // Shared by all tests of the process, so no single test's cancellation may end it.
        let task = Task { try await Self.make(hasTestClock: hasTestClock) }
        made[hasTestClock] = task
        return try await task.value
    }

    private static func make(hasTestClock: Bool) async throws -> String {
        let name = "docket_template_\(UInt64.random(in: 0...UInt64.max))"
        let preparation = DatabasePreparation(sql: try SQLDirectory(), logger: TestServer.logger)
        try await AdministrationSession(configuration: try TestServer.superuser(), logger: TestServer.logger).run("CREATE DATABASE \(name)")
        try await preparation.prepareRoles(as: try TestServer.superuser(database: name), password: nil)
        let owner = try TestServer.role("docket_migrate", database: name)
        try await preparation.migrator(as: owner).up()
        if hasTestClock { try await preparation.installTestClock(as: owner) }
        return name
    }
}
