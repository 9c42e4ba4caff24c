import ArgumentParser
import Configuration
import Deployment
import Domain
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

    /// - Throws: ``CommandFailure`` where no database is named, ``ConfigurationError`` for settings that there are not, wherever the URL comes from.
    func configuration(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> PostgresConfiguration {
        let reader = try ConfigurationLoader.load(environment: environment)
        if let url { return try PostgresConfiguration(url: url) }
        guard let configuration = try ProcessConfiguration(reader).database else {
            throw CommandFailure("name the database with --database-url or DOCKET_DATABASE_URL", status: 2)
        }
        return configuration
    }

    /// Runs the body with the operator's use cases, then closes the connections.
    func withAdministration<Result: Sendable>(_ body: @Sendable (TenantAdministration) async throws -> Result) async throws -> Result {
        try await withDatabase(try patientConfiguration()) { database in
            do {
                return try await body(TenantAdministration(database: database))
            } catch UseCaseError.notFound {
                throw CommandFailure("there is no such tenant")
            } catch UseCaseError.duplicate(let field) {
                throw CommandFailure("the \(field) is taken already")
            } catch UseCaseError.invalid(let problems) {
                let sentence = problems.map { "\($0.pointer.dropFirst()): \($0.detail)" }.joined(separator: "; ")
                throw CommandFailure(sentence, status: Self.status(of: problems))
            } catch let error as StoreError {
                throw Self.failure(error)
            }
        }
    }

    /// Runs the body with the erasure of tenants; its refusals are told in a sentence. Each statement may take a minute.
    func withErasure<Result: Sendable>(_ body: @Sendable (TenantErasure) async throws -> Result) async throws -> Result {
        var configuration = try patientConfiguration()
        configuration.timeouts.statement = .seconds(60)
        configuration.timeouts.lock = .seconds(5)
        return try await withDatabase(configuration) { database in
            do {
                return try await body(TenantErasure(database: database))
            } catch UseCaseError.notFound {
                throw CommandFailure("there is no such tenant")
            } catch TenantErasure.Refusal.active {
                throw CommandFailure("the tenant is served: suspend it first")
            } catch TenantErasure.Refusal.suspendedTooShortly(let seconds) {
                throw CommandFailure("what was under way when the tenant was suspended may not have ended: try again in \(seconds) s")
            } catch TenantErasure.Refusal.stillWritten {
                throw CommandFailure("somebody goes on writing rows of the tenant: find out who, and try again")
            } catch TenantErasure.Refusal.erasedMeanwhile {
                throw CommandFailure("the tenant is gone: somebody else has erased it meanwhile")
            } catch let error as StoreError {
                throw Self.failure(error)
            }
        }
    }

    /// Runs the body with the use cases' environment; wakes nobody. Statements may take a minute: what is examined may be large.
    func withEnvironment<Result: Sendable>(_ body: @Sendable (UseCaseEnvironment) async throws -> Result) async throws -> Result {
        var configuration = try patientConfiguration()
        configuration.timeouts.statement = .seconds(60)
        configuration.timeouts.lock = .seconds(5)
        return try await withDatabase(configuration) { database in
            try await body(UseCaseEnvironment(database: database, wakeUps: WakeUps(notifier: nil), zones: ZoneFiles()))
        }
    }

    /// Runs the body for the tenant that people know by a slug; what it is refused is told in a sentence.
    func withTenant<Result: Sendable>(
        _ slug: String,
        _ body: @Sendable (UseCaseEnvironment, TenantID) async throws -> Result
    ) async throws -> Result {
        let tenant = try await withAdministration { try await $0.tenant(slug: slug).id }
        return try await withEnvironment { environment in
            do {
                return try await body(environment, tenant)
            } catch UseCaseError.invalid(let problems) {
                throw CommandFailure(problems.map(\.detail).joined(separator: "; "), status: Self.status(of: problems))
            } catch let error as StoreError {
                throw Self.failure(error)
            }
        }
    }

    /// Bad usage, but for arguments that are as they should be and name nothing: these the tenant might have (contract.md, Errors).
    private static func status(of problems: [FieldProblem]) -> Int32 {
        problems.allSatisfy { $0.code == .unknownReference } ? 1 : 2
    }

    private static func failure(_ error: StoreError) -> CommandFailure {
        CommandFailure(CommandLineEntry.sentence(of: error))
    }

    private func withDatabase<Result: Sendable>(
        _ configuration: PostgresConfiguration,
        _ body: @Sendable (Database) async throws -> Result
    ) async throws -> Result {
        let client = PostgresClient(configuration: configuration, logger: OperatorLog.logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            return try await body(Database(client: client))
        }
    }

    /// A command waits for its connection longer than a request would: nobody else answers in its place.
    private func patientConfiguration() throws -> PostgresConfiguration {
        var configuration = try configuration()
        configuration.pool.bound(to: 2)
        configuration.pool.waitTimeout = .seconds(10)
        return configuration
    }
}

/// What the operator's commands log: errors. What a command fails of is told in one sentence at its end (contract.md), not on the way.
enum OperatorLog {
    static let logger: Logger = {
        var logger = Logger(label: "docket", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .error
        return logger
    }()
}
