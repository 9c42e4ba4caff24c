public import Logging
public import Postgres

/// The database of `docket dev`: made and migrated when it is not there, brought up to date when it is.
public struct DevelopmentDatabase: Sendable {
    /// The superuser's way in, for people who look with psql.
    public let superuser: PostgresConfiguration
    private let password: Secret?

    /// The name of the database that is made where the given URL leads to another one's server.
    public static let name = "docket"

    /// - Parameters:
    ///   - superuser: may create roles and databases; names the database that Docket uses.
    ///   - hasTestClock: whether time can be moved. Only a database that is made with it can be given a movable clock: one whose first
    ///     start asked for it, also where that start did not come to its end.
    /// - Throws: ``SchemaError``, `MigrationError`, `PostgresError`.
    public static func prepare(
        superuser: PostgresConfiguration,
        hasTestClock: Bool,
        sql: SQLDirectory,
        logger: Logger
    ) async throws -> DevelopmentDatabase {
        let preparation = DatabasePreparation(sql: sql, logger: logger)
        let database = DevelopmentDatabase(superuser: superuser, password: superuser.password)
        try await database.create(logger: logger)
        try await preparation.prepareRoles(as: superuser, password: superuser.password)
        let owner = database.configuration(role: "docket_migrate")
        let migrator = try preparation.migrator(as: owner)
        // The clock comes after the migrations: a start that is killed between the two leaves word that the database is to have one.
        if hasTestClock, try await migrator.status().applied.isEmpty { try await database.promiseTestClock(logger: logger) }
        try await migrator.up()
        guard hasTestClock, try await !database.holds("to_regclass('docket.test_clock') IS NOT NULL", logger: logger) else { return database }
        guard try await database.holds("current_setting('\(testClockPromise)', true) = 'on'", logger: logger) else { throw SchemaError.noTestClock }
        try await preparation.installTestClock(as: owner)
        return database
    }

    /// Whether ``noteDemo(logger:)`` was called for this database.
    public func hasDemo(logger: Logger) async throws -> Bool {
        try await holds("current_setting('\(Self.demoNote)', true) = 'on'", logger: logger)
    }

    /// Leaves word that the demo's tenants were made: those that are erased afterwards are not to come back.
    public func noteDemo(logger: Logger) async throws {
        try await note(Self.demoNote, logger: logger)
    }

    /// A login role's way in.
    public func configuration(role: String) -> PostgresConfiguration {
        var configuration = superuser
        configuration.user = role
        configuration.password = password
        return configuration
    }

    private func create(logger: Logger) async throws {
        var server = superuser
        server.database = "postgres"
        let session = try AdministrationSession(configuration: server, logger: logger)
        let name = superuser.database
        guard
            name.utf8.allSatisfy({
                $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            })
        else { throw SchemaError.forbiddenRole("the name of the database must be of small letters, digits and underscores") }
        if try await session.run("SELECT FROM pg_database WHERE datname = '\(name)'").isEmpty {
            try await session.run("CREATE DATABASE \(name)")
        }
    }

    /// A setting of the database itself, since the first migrations may be all that is in it.
    private static let testClockPromise = "docket.made_with_test_clock"

    /// As above: what is erased takes no word of it along.
    private static let demoNote = "docket.made_with_demo"

    private func promiseTestClock(logger: Logger) async throws {
        try await note(Self.testClockPromise, logger: logger)
    }

    private func note(_ setting: String, logger: Logger) async throws {
        try await AdministrationSession(configuration: superuser, logger: logger).run("ALTER DATABASE \(superuser.database) SET \(setting) = 'on'")
    }

    private func holds(_ condition: String, logger: Logger) async throws -> Bool {
        try await !AdministrationSession(configuration: superuser, logger: logger).run("SELECT WHERE \(condition)").isEmpty
    }
}
