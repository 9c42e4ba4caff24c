import Deployment
import Domain
public import Logging
public import Postgres

/// What every process checks before it serves: that the schema is the one it knows, and that its own role cannot see more than it should.
public struct RoleCheck: Sendable {
    private let sql: SQLDirectory
    private let logger: Logger

    public init(sqlDirectory: String?, logger: Logger) throws {
        sql = try SQLDirectory(given: sqlDirectory)
        self.logger = logger
    }

    /// - Throws: ``SchemaError/forbiddenRole(_:)`` for a superuser, an owner, or a role that row level security does not bind; `MigrationError`
    ///   for a schema that is older, newer or changed (security.md I12). An old minor release of the server is only warned of.
    public func run(_ configuration: PostgresConfiguration) async throws {
        try await DatabasePatience.usual.run { try await check(configuration) }
    }

    private func check(_ configuration: PostgresConfiguration) async throws {
        try await DatabasePreparation(sql: sql, logger: logger).migrator(as: configuration).verify()
        let rows = try await AdministrationSession(configuration: configuration, logger: logger).run(Self.question)
        guard let answer = rows.first, answer.count == 4 else { throw SchemaError.forbiddenRole("the role cannot be checked") }
        if answer[0] == "t" { throw SchemaError.forbiddenRole("refusing to run as a superuser, or as a role with BYPASSRLS") }
        if answer[1] == "t" { throw SchemaError.forbiddenRole("refusing to run as an owner of the tables") }
        if answer[2] != "0" { throw SchemaError.forbiddenRole("refusing to run: \(answer[2]) tenant tables have no row level security") }
        if let version = Int(answer[3]), let safe = ServerFacts.repairingRelease(of: version) {
            logger.warning(
                "this release of PostgreSQL has known faults: update it",
                metadata: ["release": "\(version / 10_000).\(version % 10_000)", "repaired_in": "\(safe)"]
            )
        }
    }

    private static let question = """
        SELECT r.rolsuper OR r.rolbypassrls,
            pg_has_role(current_user, 'docket_owner', 'MEMBER'),
            (SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
             WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity),
            current_setting('server_version_num')
        FROM pg_roles r WHERE r.rolname = current_user
        """
}
