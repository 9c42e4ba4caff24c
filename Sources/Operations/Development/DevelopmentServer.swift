import Deployment
import Domain
import Glibc
import Logging
import Postgres
import Runtime
import ServiceLifecycle
import Store
import Synchronization
import Telemetry
import UseCases

/// Everything that `docket dev` runs, in one process: the database, the API and the engines, each with its own role.
struct DevelopmentServer: Sendable {
    let configuration: ProcessConfiguration
    /// The database's URL where one was given; nil makes and runs a private one.
    let databaseURL: String?
    let directory: String
    let programs: String?
    let dispatchers: Int
    let schedulers: Int
    let couriers: Int
    let seedsDemo: Bool
    let hasTestClock: Bool
    let registry: PrometheusRegistry
    let logger: Logger

    /// Runs until a signal. One that comes early, while the database is being made, leaves no server behind either, nor does a second one.
    func run() async throws {
        let server = RunningServer()
        try await GracefulShutdown(logger: logger, beforeForcedExit: { server.abandon() }).run { serve in
            if let databaseURL {
                try await serve(try await services(url: databaseURL, announce: Self.announce))
                return
            }
            let embedded = try await EmbeddedPostgres.prepare(
                EmbeddedPostgres.Configuration(directory: directory, programs: programs),
                logger: logger
            )
            server.set(embedded)
            try await embedded.withServer { address in
                try await serve(try await services(url: address.url(database: DevelopmentDatabase.name), announce: Self.announce))
            }
        }
    }

    /// The private server, once it is this process's own.
    private final class RunningServer: Sendable {
        private let server = Mutex<EmbeddedPostgres?>(nil)

        func set(_ embedded: EmbeddedPostgres) { server.withLock { $0 = embedded } }

        func abandon() { server.withLock(\.self)?.abandon() }
    }

    private static func announce(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Prepares the database; what is returned has to run, first to last, and to stop in the other direction.
    ///
    /// - Parameter announce: is given the line that says where everything is, once it serves.
    func services(url: String, announce: @escaping @Sendable (String) -> Void) async throws -> [any Service] {
        let superuser = try PostgresConfiguration(url: url)
        let sql = try SQLDirectory(given: configuration.sqlDirectory)
        let database = try await DevelopmentDatabase.prepare(superuser: superuser, hasTestClock: hasTestClock, sql: sql, logger: logger)
        let tenants = try await DevelopmentTenants(database: database, seedsDemo: seedsDemo, logger: logger).prepare()
        let masterKeys = try configuration.masterKeys ?? MasterKeyRing(current: DevelopmentKey.load(directory: directory))
        let health = HealthRegistry()
        let roles = Roles(database: database, connections: configuration.connections ?? superuser.pool.maximumConnections, logger: logger)
        roles.api.register(with: health, name: "database")
        let announcement = ReadyAnnouncement(
            apiHost: configuration.apiHost,
            adminHost: configuration.adminHost,
            databaseURL: url,
            tenants: tenants,
            write: announce
        )
        let movedClock = hasTestClock ? MovedClock() : nil
        let admin = AdminServer(
            configuration: AdminServerConfiguration(host: configuration.adminHost, port: configuration.adminPort),
            health: health,
            registry: registry,
            logger: logger,
            addRoutes: { router in if let movedClock { ClockRoute(roles: roles.all, movedClock: movedClock).add(to: router) } },
            onListening: { await announcement.adminListens(on: $0) }
        )
        var services: [any Service] = [ListeningService(admin, host: configuration.adminHost, port: configuration.adminPort)]
        for role in roles.all { services += role.services }
        var process = configuration
        process.allowsLoopbackEgress = true
        for _ in 0..<dispatchers { services.append(Engines.dispatcher(roles.dispatcher, logger: logger)) }
        for _ in 0..<schedulers { services.append(Engines.scheduler(roles.scheduler, configuration: process, logger: logger)) }
        for _ in 0..<couriers { services.append(try Engines.courier(roles.courier, configuration: process, masterKeys: masterKeys, logger: logger)) }
        services.append(
            Engines.api(roles.api, configuration: process, masterKeys: masterKeys, logger: logger, movedClock: movedClock) { port in
                // An earlier start may have moved the time.
                if let movedClock, let time = try? await roles.api.environment.clock.read() { movedClock.follow(time) }
                health.markStarted()
                await announcement.apiListens(on: port)
            }
        )
        services.append(DrainDelay(health: health, delay: .zero))
        return services
    }

    /// One way to the database for each role.
    struct Roles: Sendable {
        let api: RoleRuntime
        let dispatcher: RoleRuntime
        let scheduler: RoleRuntime
        let courier: RoleRuntime

        var all: [RoleRuntime] { [api, dispatcher, scheduler, courier] }

        init(database: DevelopmentDatabase, connections: Int, logger: Logger) {
            let zones = ZoneFiles()
            func runtime(_ process: ServerProcess, _ connections: Int) -> RoleRuntime {
                var configuration = process.connecting(database.configuration(role: process.databaseRole))
                configuration.pool.bound(to: connections)
                return RoleRuntime(configuration: configuration, zones: zones, logger: logger)
            }
            api = runtime(.api, connections)
            dispatcher = runtime(.dispatcher, min(4, connections))
            scheduler = runtime(.scheduler, min(4, connections))
            courier = runtime(.courier, min(4, connections))
        }
    }
}
