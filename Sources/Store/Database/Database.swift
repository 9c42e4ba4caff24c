import Domain
public import Metrics
public import Postgres

/// The door to the data: every access names its tenant, and row level security holds it to that (security.md 1).
///
/// Only this module can reach the pool; the modules above see units, transactions and the discovery functions.
public struct Database: Sendable {
    let client: PostgresClient
    let contention: ContentionMetrics

    /// - Parameter metrics: where it is counted how often work met other work.
    public init(client: PostgresClient, metrics: any MetricsFactory = MetricsSystem.factory) {
        self.client = client
        contention = ContentionMetrics(factory: metrics)
    }

    /// For engines: runs their tasks on the thread that talks to the server, which saves two changes of threads a round trip. Not for what computes for long.
    public var executor: any TaskExecutor { client.executor }

    /// Runs a unit: one round trip, one transaction, one tenant. Run again where it met another transaction, see ``ContentionRetry``.
    ///
    /// - Throws: ``StoreError``.
    public func run(_ unit: TenantUnit) async throws -> StoreResult {
        StoreResult(try await retrying { try await client.run(unit.statements.unit) })
    }

    /// Runs a unit, and lets its commit wake engines: these hear of it before the caller does.
    ///
    /// - Throws: ``StoreError``.
    public func run(_ unit: TenantUnit, waking channels: [WakeUpChannel], by wakeUps: WakeUps) async throws -> StoreResult {
        guard let notifier = wakeUps.notifier, !channels.isEmpty else { return try await run(unit) }
        return StoreResult(try await retrying { try await client.run(unit.statements.unit, announcing: channels.map(\.rawValue), by: notifier) })
    }

    /// Runs a transaction of several round trips on a leased connection.
    ///
    /// - Parameters:
    ///   - first: sets the tenant and runs in the same flush as BEGIN.
    ///   - body: may run more statements and should end with ``TenantTransaction/commit(_:)``, which saves a round trip. Throwing rolls back. Is called again,
    ///     with the rows of the new transaction, where this one met another (``ContentionRetry``): it changes nothing outside the database before its commit.
    /// - Throws: ``StoreError``, or what `body` throws.
    public func transaction<Result: Sendable>(
        _ first: TenantUnit,
        _ body: @Sendable (TenantTransaction, StoreResult) async throws -> Result
    ) async throws -> Result {
        var isCommitted = false
        return try await retrying(unless: { isCommitted }) {
            try await client.transaction(first: first.statements.unit) { transaction, result in
                defer { isCommitted = transaction.isCommitted }
                return try await body(TenantTransaction(transaction), StoreResult(result))
            }
        }
    }

    /// Runs a statement that sees no tenant's rows: a discovery function, the clock, a look-up by hash.
    func runGlobal<S: Statement>(_ statement: S) async throws -> [S.Row] {
        var unit = PostgresUnit()
        let handle = unit.add(statement)
        do {
            return try await client.run(unit).rows(handle)
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }
}
