import ArgumentParser
import Configuration
import Deployment
import FoundationEssentials
import Logging
import Runtime
import Telemetry

/// `docket dev`: everything in one process, on a private PostgreSQL unless told otherwise; needs no configuration at all.
struct DevCommand: AsyncParsableCommand {
    enum Seed: String, ExpressibleByArgument, CaseIterable {
        case demo, none
    }

    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Runs everything in one process, for development and demonstration."
    )

    @Option(help: "Where the private PostgreSQL keeps its data; .docket unless told.")
    var data: String?

    @Option(help: "Port of the API, 8080 unless told; 0 takes any free one.")
    var port: Int?

    @Option(name: .customLong("admin-port"), help: "Port of health checks and metrics, 9090 unless told; 0 takes any free one.")
    var adminPort: Int?

    @Option(help: "demo makes three tenants where there are no others; none makes nothing.")
    var seed = Seed.demo

    @Option(help: "Dispatchers to run, 0 to 64; 1 unless told.")
    var dispatchers: Int?

    @Option(help: "Schedulers to run, 0 to 64; 1 unless told.")
    var schedulers: Int?

    @Option(help: "Couriers to run, 0 to 64; 1 unless told.")
    var couriers: Int?

    @Option(name: .customLong("database-url"), help: "A superuser's URL; without it a private PostgreSQL is made and run.")
    var databaseURL: String?

    @Flag(name: .customLong("test-clock"), help: "Let tests move time with POST {admin}/clock; only on a database made with it.")
    var testClock = false

    func run() async throws {
        var flags: [String: String] = [:]
        flags["data.directory"] = data
        flags["api.port"] = port.map(String.init)
        flags["admin.port"] = adminPort.map(String.init)
        flags["dev.dispatchers"] = dispatchers.map(String.init)
        flags["dev.schedulers"] = schedulers.map(String.init)
        flags["dev.couriers"] = couriers.map(String.init)
        flags["database.url"] = databaseURL
        let reader = try ConfigurationLoader.load(flags: flags, environment: ProcessInfo.processInfo.environment)
        let configuration = try ProcessConfiguration(reader)
        let registry = PrometheusRegistry(descriptions: MetricTexts.all)
        TelemetryBootstrap.install(
            level: Logger.Level(rawValue: configuration.logLevel) ?? .info,
            registry: registry,
            version: Release.version
        )
        let logger = Logger(label: "docket-dev")
        logger.info("the process begins", metadata: ["version": "\(Release.version)"])
        let server = DevelopmentServer(
            configuration: configuration,
            databaseURL: reader.string(forKey: "database.url", isSecret: true),
            directory: reader.string(forKey: "data.directory", default: ".docket"),
            programs: reader.string(forKey: "postgres.programs"),
            dispatchers: reader.int(forKey: "dev.dispatchers", default: 1),
            schedulers: reader.int(forKey: "dev.schedulers", default: 1),
            couriers: reader.int(forKey: "dev.couriers", default: 1),
            seedsDemo: seed == .demo,
            hasTestClock: testClock,
            registry: registry,
            logger: logger
        )
        try await server.run()
    }
}
