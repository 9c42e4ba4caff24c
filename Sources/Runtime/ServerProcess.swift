import CMalloc
import Configuration
import Courier
import Deployment
import FoundationEssentials
import Glibc
import Logging
public import Postgres
import ServiceLifecycle
import Telemetry
import UseCases

/// One of the four server executables, from its configuration to its end.
public enum ServerProcess: String, Sendable {
    case api, dispatcher, scheduler, courier

    /// The role that it logs in as; no other process does (security.md 1).
    public var databaseRole: String { "docket_" + rawValue }

    /// Runs until a signal ends it.
    ///
    /// - Parameter arguments: without the program's name; there are none but `--help` and `--version`.
    /// - Returns: the exit status: 0 after a drain, 1 where it could not start or failed, 2 for arguments and for a wrong configuration, another's role among it.
    public func run(_ arguments: [String]) async -> Int32 {
        if let (text, status) = reply(to: arguments) {
            if status == 0 { print(text) } else { Self.complain(text) }
            return status
        }
        Self.boundHeaps()
        if self == .courier { SystemResolver.reserveThreads() }
        let configuration: ProcessConfiguration
        do {
            configuration = try ProcessConfiguration(try ConfigurationLoader.load(environment: ProcessInfo.processInfo.environment))
            try requireSettings(of: configuration)
        } catch {
            Self.complain((error as? PostgresError)?.message ?? "\(error)")
            return 2
        }
        let registry = PrometheusRegistry(descriptions: MetricTexts.all)
        TelemetryBootstrap.install(
            level: Logger.Level(rawValue: configuration.logLevel) ?? .info,
            registry: registry,
            version: Release.version
        )
        let logger = Logger(label: "docket-\(rawValue)")
        logger.info("the process begins", metadata: ["version": "\(Release.version)"])
        do {
            try await serve(configuration, registry: registry, logger: logger)
            return 0
        } catch {
            logger.critical("the process ends", metadata: ["error": "\(error)"])
            return (error as? SchemaError)?.isOfSettings == true ? 2 : 1
        }
    }

    /// What this executable cannot do without: said before it reaches for anything.
    private func requireSettings(of configuration: ProcessConfiguration) throws {
        _ = try database(of: configuration)
        _ = try SQLDirectory(given: configuration.sqlDirectory)
        switch self {
        case .api, .courier: _ = try masterKeys(of: configuration)
        case .dispatcher, .scheduler: break
        }
    }

    private func serve(_ configuration: ProcessConfiguration, registry: PrometheusRegistry, logger: Logger) async throws {
        let database = connecting(try database(of: configuration))
        try await RoleCheck(self, sqlDirectory: configuration.sqlDirectory, logger: logger).run(database)
        let health = HealthRegistry()
        let role = RoleRuntime(configuration: database, zones: ZoneFiles(), logger: logger)
        role.register(with: health, name: "database")
        let admin = AdminServer(
            configuration: AdminServerConfiguration(host: configuration.adminHost, port: configuration.adminPort),
            health: health,
            registry: registry,
            logger: logger
        )
        var services: [any Service] = [ListeningService(admin, host: configuration.adminHost, port: configuration.adminPort)]
        services += role.services
        services.append(try engine(role, configuration: configuration, health: health, logger: logger))
        services.append(DrainDelay(health: health, delay: self == .api ? configuration.drain : .zero))
        if self != .api { health.markStarted() }
        try await GracefulShutdown(logger: logger, maximumDuration: longestShutdown(configuration)).run(services)
    }

    /// The time for which the API still answers, and what requests and passes under way may take after it (reliability.md 1, Shutdown).
    func longestShutdown(_ configuration: ProcessConfiguration) -> Duration {
        (self == .api ? configuration.drain : .zero) + .seconds(30)
    }

    /// How this executable connects: under its own name, and with the time that its statements may take. A caller waits for those of the API;
    /// the engines have time (reliability.md 1, Timeouts).
    public func connecting(_ configuration: PostgresConfiguration) -> PostgresConfiguration {
        var configuration = configuration
        configuration.applicationName = "docket-\(rawValue)"
        configuration.timeouts.statement = self == .api ? .seconds(5) : .seconds(30)
        return configuration
    }

    private func engine(
        _ role: RoleRuntime,
        configuration: ProcessConfiguration,
        health: HealthRegistry,
        logger: Logger
    ) throws -> any Service {
        switch self {
        case .dispatcher: return Engines.dispatcher(role, logger: logger)
        case .scheduler: return Engines.scheduler(role, configuration: configuration, logger: logger)
        case .courier:
            return try Engines.courier(role, configuration: configuration, masterKeys: try masterKeys(of: configuration), logger: logger)
        case .api:
            return Engines.api(role, configuration: configuration, masterKeys: try masterKeys(of: configuration), logger: logger) { port in
                health.markStarted()
                logger.info("the API is ready", metadata: ["port": "\(port)"])
            }
        }
    }

    private func database(of configuration: ProcessConfiguration) throws -> PostgresConfiguration {
        guard let database = configuration.database else { throw ConfigurationProblem("DOCKET_DATABASE_URL is not set") }
        return database
    }

    private func masterKeys(of configuration: ProcessConfiguration) throws -> MasterKeyRing {
        guard let keys = configuration.masterKeys else { throw ConfigurationProblem("DOCKET_MASTER_KEY is not set") }
        return keys
    }

    /// glibc gives each busy thread a heap of its own, up to eight a processor, and never joins what is free in them: two keep a scheduler that has fired
    /// 100,000 timers five MiB smaller, at the same processor time.
    private static func boundHeaps() {
        _ = mallopt(M_ARENA_MAX, 2)
    }

    private static func complain(_ text: String) {
        let bytes = Array("docket: \(text)\n".utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
