import Domain
public import Store

/// What keeps the tables small and the partitions ahead; any process may do it, at any time.
public struct Housekeeping: Sendable {
    private let database: Database
    private let retentionDays: Int

    /// How long the answer to an Idempotency-Key is kept (api.md 3).
    public static let idempotencyDays = 7
    /// How long re-evaluations that are over, and deliveries that were given up, are kept unless told otherwise.
    public static let retentionDays = 90
    static let monthsAhead = 3
    private static let purgeLimit = 1_000
    /// Fewer: a superseded one may bring its parts.
    private static let reevaluationLimit = 200

    /// - Parameter retentionDays: how long re-evaluations that are over, and deliveries that were given up, are kept.
    public init(database: Database, retentionDays: Int = Self.retentionDays) {
        self.database = database
        self.retentionDays = retentionDays
    }

    /// Makes the history's partitions for the months to come, and deletes what is old in batches.
    ///
    /// - Returns: how many rows were deleted.
    /// - Throws: ``StoreError``; what was done before stays done.
    @discardableResult
    public func run() async throws -> Int {
        try await database.ensurePartitions(monthsAhead: Self.monthsAhead)
        var purged = 0
        for tenant in try await database.tenantsWithIdempotencyRecords(olderThanDays: Self.idempotencyDays) {
            let batch = PurgeIdempotencyRecords(tenant: tenant, olderThanDays: Self.idempotencyDays, limit: Self.purgeLimit)
            purged += try await repeating(Self.purgeLimit) { try await database.affected(batch, of: tenant) }
        }
        for tenant in try await database.tenantsToClear(olderThanDays: retentionDays) {
            let reevaluations = PurgeReevaluations(tenant: tenant, olderThanDays: retentionDays, limit: Self.reevaluationLimit)
            purged += try await repeating(Self.reevaluationLimit) { try await database.affected(reevaluations, of: tenant) }
            let deliveries = PurgeDeadDeliveries(tenant: tenant, olderThanDays: retentionDays, limit: Self.purgeLimit)
            purged += try await repeating(Self.purgeLimit) { try await database.affected(deliveries, of: tenant) }
        }
        return purged
    }

    /// Batch after batch, each a transaction, until one finds less than it may take.
    private func repeating(_ limit: Int, _ batch: () async throws -> Int) async throws -> Int {
        var purged = 0
        while true {
            try Task.checkCancellation()
            let count = try await batch()
            purged += count
            if count < limit { return purged }
        }
    }
}
