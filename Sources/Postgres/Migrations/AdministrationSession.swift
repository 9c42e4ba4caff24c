public import Logging

/// Runs an operator's SQL: scripts of many statements, and statements that cannot be in a transaction such as CREATE DATABASE.
///
/// Blocking, on a thread of its own, with the simple protocol; for set-up and inspection, never for requests.
public struct AdministrationSession: Sendable {
    private let connector: Connector

    /// - Throws: `configuration` for settings that make no sense.
    public init(configuration: PostgresConfiguration, logger: Logger) throws(PostgresError) {
        try configuration.validate()
        connector = Connector(configuration: configuration, logger: logger, setsTimeouts: false)
    }

    /// Connects, runs the scripts one after the other on one connection, and closes it.
    ///
    /// - Returns: the rows of the last statement, as text; NULL is the empty text.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func run(_ scripts: String...) async throws -> [[String]] {
        let connector = connector
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try Thread.start { continuation.resume(with: Self.execute(scripts, connector)) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private static func execute(_ scripts: [String], _ connector: Connector) -> Result<[[String]], any Error> {
        do {
            let session = MigrationSession(try connector.connect())
            var rows: [[String]] = []
            for script in scripts {
                rows = try session.execute(script)
            }
            return .success(rows)
        } catch {
            return .failure(error)
        }
    }
}
