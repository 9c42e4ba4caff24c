public import Logging
public import Postgres

/// Makes a server and a database ready for Docket: roles, grants, migrations; for development, tests and `docket migrate`.
public struct DatabasePreparation: Sendable {
    /// The fixed login roles of security.md 1.
    public static let loginRoles = ["docket_migrate", "docket_api", "docket_dispatcher", "docket_scheduler", "docket_courier"]

    private static let lock = "SELECT pg_advisory_lock(7305811646182340115)"

    private let sql: SQLDirectory
    private let logger: Logger

    public init(sql: SQLDirectory, logger: Logger) {
        self.sql = sql
        self.logger = logger
    }

    /// Creates roles and grants in a database, as a superuser. May be run again.
    ///
    /// - Parameter password: given to every login role that is made now; one that was there keeps its own, since roles belong to the whole server and another
    ///   deployment may use them. nil leaves them without one (trust authentication).
    public func prepareRoles(as superuser: PostgresConfiguration, password: Secret?) async throws {
        var server = superuser
        server.database = "postgres"
        // One at a time: roles belong to the whole server, and two sessions that change them meet on the same catalogue rows. An advisory
        // lock belongs to one database, so all sessions take it in the one that every server has.
        let session = try AdministrationSession(configuration: server, logger: logger)
        var new: [String] = []
        for role in Self.loginRoles where try await session.run("SELECT FROM pg_roles WHERE rolname = '\(role)'").isEmpty { new.append(role) }
        try await session.run(Self.lock, try sql.text(of: "roles.sql") + (password.map { Self.passwords($0, of: new) } ?? ""))
        // The same for the grants of one database.
        try await AdministrationSession(configuration: superuser, logger: logger).run(Self.lock, try sql.text(of: "database.sql"))
    }

    private static func passwords(_ password: Secret, of roles: [String]) -> String {
        let literal = password.reveal().replacing("'", with: "''")
        let statements = roles.map { "ALTER ROLE \($0) PASSWORD '\(literal)';\n" }.joined()
        // A server that logs statements must not log these.
        return "SET log_statement = 'none'; SET log_min_error_statement = 'panic'; SET log_min_duration_statement = -1;\n" + statements
    }

    /// The migrator of a database, as the migration role.
    public func migrator(as owner: PostgresConfiguration) throws -> Migrator {
        try Migrator(configuration: owner, migrations: try Migration.load(directory: sql.migrations), logger: logger)
    }

    /// Installs the movable clock into a database that has just been migrated.
    public func installTestClock(as owner: PostgresConfiguration) async throws {
        try await AdministrationSession(configuration: owner, logger: logger).run(try sql.text(of: "test_clock.sql"))
    }
}
