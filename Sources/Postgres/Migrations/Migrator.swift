import Glibc
public import Logging

/// Applies migrations as the migration role, one starter at a time.
///
/// An advisory lock keeps a second starter waiting; it needs a direct connection, not a pooler. Each file is one transaction together with its
/// row in the table, so a failure leaves exactly the files before it.
public struct Migrator: Sendable {
    /// Any fixed number; it is what two migrators of one database have in common.
    private static let lockKey = 7_305_811_646_182_340_114

    private let connector: Connector
    private let migrations: [Migration]
    private let table: String
    private let logger: Logger
    /// How long to wait for another migrator.
    private let lockWait: Duration

    /// `table` is `schema.name`, each in lower-case letters, digits and `_`; both are created when needed. Throws `configuration` for others.
    public init(
        configuration: PostgresConfiguration,
        migrations: [Migration],
        table: String = "docket_meta.schema_migration",
        lockWait: Duration = .seconds(60),
        logger: Logger
    ) throws(PostgresError) {
        try configuration.validate()
        let parts = table.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(Self.isPlainIdentifier) else {
            throw PostgresError(.configuration, "the table of migrations must be schema.name in lower case")
        }
        connector = Connector(configuration: configuration, logger: logger, setsTimeouts: false)
        self.migrations = migrations
        self.table = table
        self.lockWait = lockWait
        self.logger = logger
    }

    private static func isPlainIdentifier(_ text: Substring) -> Bool {
        let isLed = text.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) } ?? false
        return isLed && text.utf8.count < 64
            && text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
            }
    }

    /// What is applied and what is pending; changes nothing. Throws `MigrationError` when files and database contradict each other.
    public func status() async throws -> MigrationPlan {
        try await onThread { try plan($0) }
    }

    /// Throws `pending`, or what `status` throws, unless the schema is exactly that of the files: for processes before they serve.
    public func verify() async throws {
        let plan = try await status()
        if let first = plan.pending.first {
            throw MigrationError(.pending, "\(plan.pending.count) migrations are pending, the first is \(first.version) (\(first.name))")
        }
    }

    /// Applies what is pending, and returns it. Throws `MigrationError`.
    @discardableResult
    public func up() async throws -> [Migration] {
        try await onThread { session in
            try lock(session)
            let schema = table.prefix { $0 != "." }
            try session.execute(
                """
                SET client_min_messages = warning; SET lock_timeout = '5s'; SET statement_timeout = '1h';
                CREATE SCHEMA IF NOT EXISTS \(schema);
                CREATE TABLE IF NOT EXISTS \(table) (
                    version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
                """
            )
            let pending = try plan(session).pending
            for migration in pending {
                try applyPatiently(migration, session)
                logger.info("migration applied", metadata: ["version": "\(migration.version)", "name": "\(migration.name)"])
            }
            return pending
        }
    }

    private func lock(_ session: MigrationSession) throws {
        do {
            try session.execute("SET lock_timeout = \(lockWait.wholeMilliseconds); SELECT pg_advisory_lock(\(Self.lockKey))")
        } catch {
            if error.isLockNotAvailable { throw MigrationError(.locked, "another migration has been running for longer than \(lockWait)") }
            throw error
        }
    }

    private func plan(_ session: MigrationSession) throws -> MigrationPlan {
        guard try session.execute("SELECT 1 WHERE to_regclass('\(table)') IS NOT NULL").count == 1 else {
            return try MigrationPlan(files: migrations, applied: [])
        }
        let rows = try session.execute("SELECT version, name, checksum FROM \(table) ORDER BY version")
        return try MigrationPlan(files: migrations, applied: rows.map { AppliedMigration(version: Int($0[0]) ?? 0, name: $0[1], checksum: $0[2]) })
    }

    /// A file that meets a lock gives way and comes again, instead of blocking all those who queue behind it.
    private func applyPatiently(_ migration: Migration, _ session: MigrationSession) throws {
        for attempt in 1...5 {
            do {
                return try apply(migration, session)
            } catch let error as PostgresError {
                session.rollBack()
                guard error.isLockNotAvailable, attempt < 5 else {
                    throw MigrationError(.failed, "migration \(migration.version) (\(migration.name)) failed: \(error)", cause: error)
                }
                sleep(1)
            }
        }
    }

    private func apply(_ migration: Migration, _ session: MigrationSession) throws {
        try session.execute("BEGIN")
        let transaction = try session.execute("SELECT pg_current_xact_id()")
        let endedIt = MigrationError(.transactionControl, "migration \(migration.version) (\(migration.name)) must not end its transaction")
        do {
            try session.execute(migration.sql)
        } catch {
            session.rollBack()
            if hasCommitted(transaction, session) { throw endedIt }
            throw error
        }
        // In a transaction, and still in the same one.
        guard session.isInTransaction, try session.execute("SELECT pg_current_xact_id()") == transaction else { throw endedIt }
        // Names and checksums have an alphabet without quotes.
        let values = "\(migration.version), '\(migration.name)', '\(migration.checksum)'"
        try session.execute("INSERT INTO \(table) (version, name, checksum) VALUES (\(values))")
        try session.execute("COMMIT")
    }

    /// Whether a file that failed had committed before: then not all of it was rolled back. No where the server cannot be asked.
    private func hasCommitted(_ transaction: [[String]], _ session: MigrationSession) -> Bool {
        guard let id = transaction.first?.first, let rows = try? session.execute("SELECT pg_xact_status('\(id)')") else { return false }
        return rows == [["committed"]]
    }

    /// Connects and runs `body` on a thread of its own: it blocks.
    private func onThread<Value: Sendable>(_ body: @escaping @Sendable (MigrationSession) throws -> Value) async throws -> Value {
        let connector = connector
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try Thread.start { continuation.resume(with: Self.run(body, connector)) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private static func run<Value>(_ body: (MigrationSession) throws -> Value, _ connector: Connector) -> Result<Value, any Error> {
        do {
            return .success(try body(MigrationSession(try connector.connect())))
        } catch {
            return .failure(error)
        }
    }
}
