import Configuration
import Deployment
import FoundationEssentials
import Postgres
import Runtime

/// The migrator waits for answers without a limit of its own: these give up where the database says nothing.
extension OperatorDatabase {
    /// What is applied and what is pending.
    func migrationPlan(patience: DatabasePatience = .usual) async throws -> MigrationPlan {
        let migrator = try migrator()
        return try await patience.run { try await migrator.status() }
    }

    /// Throws unless the schema is exactly that of this version.
    func verifyMigrations(patience: DatabasePatience = .usual) async throws {
        let migrator = try migrator()
        try await patience.run { try await migrator.verify() }
    }

    /// Applies what is pending. A migration may take an hour, as long as the server answers somebody else meanwhile.
    func migrate(patience: DatabasePatience = .usual) async throws -> [Migration] {
        let migrator = try migrator()
        let session = try AdministrationSession(configuration: try configuration(), logger: OperatorLog.logger)
        _ = try await patience.run { try await migrator.status() }
        return try await patience.run(whileAnswering: { try await session.run("SELECT 1") }) { try await migrator.up() }
    }

    /// The migrator of the schema that belongs to this version.
    private func migrator() throws -> Migrator {
        let reader = try ConfigurationLoader.load(environment: ProcessInfo.processInfo.environment)
        let sql = try SQLDirectory(given: try ProcessConfiguration(reader).sqlDirectory)
        return try DatabasePreparation(sql: sql, logger: OperatorLog.logger).migrator(as: try configuration())
    }
}
