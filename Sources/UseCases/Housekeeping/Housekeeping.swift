import Domain
public import Store

/// What keeps the tables small and the partitions ahead; any process may do it, at any time.
public struct Housekeeping: Sendable {
    private let database: Database
    private let retentionDays: Int

    /// How long the answer to an Idempotency-Key is kept (api.md 3).
    public static let idempotencyDays = 7
    /// How long re-evaluations that are over, deliveries that were given up, and attempts to deliver are kept unless told otherwise.
    public static let retentionDays = 90
    /// How long absences are kept after they are over (docs/decisions/0023).
    public static let absenceDays = 730
    static let monthsAhead = 3
    private static let purgeLimit = 1_000
    /// Fewer: a superseded one may bring its parts.
    private static let reevaluationLimit = 200

    /// - Parameter retentionDays: how long re-evaluations that are over, and deliveries that were given up, are kept.
    public init(database: Database, retentionDays: Int = Self.retentionDays) {
        self.database = database
        self.retentionDays = retentionDays
    }

    /// Makes the history's partitions for the months to come, deletes what is old in batches, and forgets webhook secrets that sign no more.
    ///
    /// - Returns: how many rows were deleted.
    /// - Throws: the first error after all had their turn: neither a month that cannot be made nor a tenant whose rows cannot be deleted keeps anything else
    ///   waiting. At once where the database cannot be reached. What was done before stays done.
    @discardableResult
    public func run() async throws -> Int {
        var purged = 0
        var failure: (any Error)?
        for table in MonthlyTable.allCases {
            try await attempt(&failure) {
                if let months = try await database.ensurePartitions(of: table, monthsAhead: Self.monthsAhead).failure { throw months }
            }
        }
        for tenant in try await database.tenantsWithIdempotencyRecords(olderThanDays: Self.idempotencyDays) {
            let batch = PurgeIdempotencyRecords(AgedRows(of: tenant, days: Self.idempotencyDays, limit: Self.purgeLimit))
            try await attempt(&failure) { try await repeating(Self.purgeLimit, &purged) { try await database.affected(batch, of: tenant) } }
        }
        for tenant in try await database.tenantsToClear(olderThanDays: retentionDays) {
            let reevaluations = PurgeReevaluations(AgedRows(of: tenant, days: retentionDays, limit: Self.reevaluationLimit))
            let deliveries = PurgeDeadDeliveries(AgedRows(of: tenant, days: retentionDays, limit: Self.purgeLimit))
            try await attempt(&failure) {
                try await repeating(Self.reevaluationLimit, &purged) { try await database.affected(reevaluations, of: tenant) }
            }
            try await attempt(&failure) { try await repeating(Self.purgeLimit, &purged) { try await database.affected(deliveries, of: tenant) } }
        }
        for tenant in try await database.tenantsWithEndedSecrets() {
            try await attempt(&failure) { _ = try await database.affected(DropEndedSecrets(tenant: tenant), of: tenant) }
        }
        for tenant in try await database.tenantsWithOldAbsences(overForDays: Self.absenceDays) {
            let absences = PurgeAbsences(AgedRows(of: tenant, days: Self.absenceDays, limit: Self.purgeLimit))
            try await attempt(&failure) { try await repeating(Self.purgeLimit, &purged) { try await database.affected(absences, of: tenant) } }
        }
        if let failure { throw failure }
        return purged
    }

    /// - Throws: what would befall the others too: the database cannot be reached, or the task was cancelled.
    private func attempt(_ failure: inout (any Error)?, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch StoreError.unavailable(let reason) {
            throw StoreError.unavailable(reason)
        } catch {
            if Task.isCancelled { throw error }
            failure = failure ?? error
        }
    }

    /// Batch after batch, each a transaction, until one finds less than it may take.
    private func repeating(_ limit: Int, _ purged: inout Int, _ batch: () async throws -> Int) async throws {
        while true {
            try Task.checkCancellation()
            let count = try await batch()
            purged += count
            if count < limit { return }
        }
    }
}
