import ArgumentParser
import Configuration
import Deployment
import FoundationEssentials
import Logging
import Postgres
import Runtime
import Store
import UseCases

/// How the operator's commands reach the database: `--database-url`, else the configuration.
struct OperatorDatabase: ParsableArguments {
    @Option(name: .customLong("database-url"), help: "Connection URL of the migrating role; else DOCKET_DATABASE_URL.")
    var url: String?

    /// - Throws: ``CommandFailure`` where no database is named.
    func configuration() throws -> PostgresConfiguration {
        if let url { return try PostgresConfiguration(url: url) }
        let reader = try ConfigurationLoader.load(environment: ProcessInfo.processInfo.environment)
        guard let configuration = try ProcessConfiguration(reader).database else {
            throw CommandFailure("name the database with --database-url or DOCKET_DATABASE_URL", status: 2)
        }
        return configuration
    }

    /// Runs the body with the operator's use cases, then closes the connections.
    func withAdministration<Result: Sendable>(_ body: @Sendable (TenantAdministration) async throws -> Result) async throws -> Result {
        let client = PostgresClient(configuration: try patientConfiguration(), logger: OperatorLog.logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            do {
                return try await body(TenantAdministration(database: Database(client: client)))
            } catch UseCaseError.notFound {
                throw CommandFailure("there is no such tenant")
            } catch UseCaseError.duplicate(let field) {
                throw CommandFailure("the \(field) is taken already")
            } catch UseCaseError.invalid(let problems) {
                throw CommandFailure(problems.map { "\($0.pointer.dropFirst()): \($0.detail)" }.joined(separator: "; "), status: 2)
            }
        }
    }

    /// Runs the body with the use cases' environment; wakes nobody. Statements may take a minute: what is examined may be large.
    func withEnvironment<Result: Sendable>(_ body: @Sendable (UseCaseEnvironment) async throws -> Result) async throws -> Result {
        var configuration = try patientConfiguration()
        configuration.timeouts.statement = .seconds(60)
        configuration.timeouts.lock = .seconds(5)
        let client = PostgresClient(configuration: configuration, logger: OperatorLog.logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            return try await body(UseCaseEnvironment(database: Database(client: client), wakeUps: WakeUps(notifier: nil), zones: ZoneFiles()))
        }
    }

    /// A command waits for its connection longer than a request would: nobody else answers in its place.
    private func patientConfiguration() throws -> PostgresConfiguration {
        var configuration = try configuration()
        configuration.pool.maximumConnections = 2
        configuration.pool.waitTimeout = .seconds(10)
        return configuration
    }

    /// The migrator of the schema that belongs to this version.
    func migrator() throws -> Migrator {
        let reader = try ConfigurationLoader.load(environment: ProcessInfo.processInfo.environment)
        let sql = try SQLDirectory(given: try ProcessConfiguration(reader).sqlDirectory)
        return try DatabasePreparation(sql: sql, logger: OperatorLog.logger).migrator(as: try configuration())
    }
}

/// What the operator's commands log: warnings and worse; results go to stdout.
enum OperatorLog {
    static let logger: Logger = {
        var logger = Logger(label: "docket", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .warning
        return logger
    }()
}
