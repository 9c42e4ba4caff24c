import Domain
public import Store

/// What keeps the tables small and the partitions ahead; any process may do it, at any time.
public struct Housekeeping: Sendable {
    private let database: Database

    /// How long the answer to an Idempotency-Key is kept (api.md 3).
    public static let idempotencyDays = 7
    static let monthsAhead = 3
    private static let purgeLimit = 1_000

    public init(database: Database) {
        self.database = database
    }

    /// Makes the history's partitions for the months to come, and deletes old idempotency records in batches.
    ///
    /// - Returns: how many records were deleted.
    /// - Throws: ``StoreError``; what was done before stays done.
    @discardableResult
    public func run() async throws -> Int {
        try await database.ensurePartitions(monthsAhead: Self.monthsAhead)
        var purged = 0
        for tenant in try await database.tenantsWithIdempotencyRecords(olderThanDays: Self.idempotencyDays) {
            var count = Self.purgeLimit
            while count == Self.purgeLimit {
                var unit = TenantUnit(tenant)
                let handle = unit.add(PurgeIdempotencyRecords(tenant: tenant, olderThanDays: Self.idempotencyDays, limit: Self.purgeLimit))
                count = try await database.run(unit).affected(handle)
                purged += count
            }
        }
        return purged
    }
}
