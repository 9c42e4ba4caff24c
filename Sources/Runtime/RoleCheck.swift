import Deployment
import Domain
public import Logging
public import Postgres

/// What every process checks before it serves: that it logs in as its own role, which cannot see more than it should, and that the schema is the one it knows.
public struct RoleCheck: Sendable {
    private let process: ServerProcess
    private let sql: SQLDirectory
    private let logger: Logger

    public init(_ process: ServerProcess, sqlDirectory: String?, logger: Logger) throws {
        self.process = process
        sql = try SQLDirectory(given: sqlDirectory)
        self.logger = logger
    }

    /// - Throws: ``SchemaError/forbiddenRole(_:)`` for a superuser, an owner, a role that row level security does not bind, or any other than the process's own;
    ///   `MigrationError` for a schema that is older, newer or changed; ``SchemaError/unprotectedTables(_:)`` (security.md 1, I12). An old minor release of the
    ///   server is only warned of.
    public func run(_ configuration: PostgresConfiguration) async throws {
        try await DatabasePatience.usual.run { try await check(configuration) }
    }

    private func check(_ configuration: PostgresConfiguration) async throws {
        let session = try AdministrationSession(configuration: configuration, logger: logger)
        try requireOwnRole(try await session.run(Self.roleQuestion))
        try await DatabasePreparation(sql: sql, logger: logger).migrator(as: configuration).verify()
        guard let answer = try await session.run(Self.tableQuestion).first, answer.count == 2, let tables = Int(answer[0]) else { return }
        if tables > 0 { throw SchemaError.unprotectedTables(tables) }
        if let version = Int(answer[1]), let safe = ServerFacts.repairingRelease(of: version) {
            logger.warning(
                "this release of PostgreSQL has known faults: update it",
                metadata: ["release": "\(version / 10_000).\(version % 10_000)", "repaired_in": "\(safe)"]
            )
        }
    }

    /// Membership in the own role does not do: row security, the settings of the role, and whoever waits for the work of processes go by the name that logs in.
    private func requireOwnRole(_ rows: [[String]]) throws {
        guard let answer = rows.first, answer.count == 3 else { throw SchemaError.forbiddenRole("the role cannot be checked") }
        if answer[0] == "t" { throw SchemaError.forbiddenRole("refusing to run as a superuser, or as a role with BYPASSRLS") }
        if answer[1] == "t" { throw SchemaError.forbiddenRole("refusing to run as an owner of the tables") }
        let own = process.databaseRole
        if answer[2] != own {
            throw SchemaError.forbiddenRole("refusing to run as \(answer[2]): docket-\(process.rawValue) logs in as \(own) (DOCKET_DATABASE_URL)")
        }
    }

    /// Also where no migration has run yet.
    private static let roleQuestion = """
        SELECT r.rolsuper OR r.rolbypassrls, coalesce(pg_has_role(r.oid, to_regrole('docket_owner'), 'MEMBER'), false), r.rolname
        FROM pg_roles r WHERE r.rolname = current_user
        """

    private static let tableQuestion = """
        SELECT count(*), current_setting('server_version_num')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
        """
}
