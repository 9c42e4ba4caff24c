import Domain
public import Store

/// What keeps the records of deliveries from growing for ever; any courier may do it, at any time (docs/decisions/0023).
public struct DeliveryUpkeep: Sendable {
    /// What a batch, or a whole run, did away with.
    public struct Report: Hashable, Sendable {
        /// Attempts that were deleted.
        public var attempts = 0
        /// Mails that were given up, because nobody sent them.
        public var mails = 0
        /// Months of attempts whose table was dropped.
        public var months = 0
    }

    /// The most rows of a batch, each a transaction.
    public static let batch = 1_000

    private let database: Database
    private let retentionDays: Int
    private let clock = ContinuousClock()

    /// - Parameter retentionDays: for how long attempts are kept, and mails that nobody sends.
    public init(database: Database, retentionDays: Int = Housekeeping.retentionDays) {
        self.database = database
        self.retentionDays = retentionDays
    }

    /// Deletes what is old, in batches between which tenants take turns. It rests as long as it works: it never takes more than half of a connection's time.
    ///
    /// - Parameter record: is told of each batch.
    /// - Throws: the last tenant's error after all had their turns; at once where the database cannot be reached, or where the task is cancelled.
    @discardableResult
    public func run(_ record: (Report) -> Void = { _ in }) async throws -> Report {
        var total = Report()
        var failure: (any Error)?
        var tenants = try await database.tenantsWithOldDeliveries(olderThanDays: retentionDays)
        while !tenants.isEmpty {
            var unfinished: [TenantID] = []
            for tenant in tenants {
                let start = clock.now
                do {
                    let done = try await clear(tenant)
                    record(done)
                    total.attempts += done.attempts
                    total.mails += done.mails
                    if max(done.attempts, done.mails) >= Self.batch { unfinished.append(tenant) }
                } catch StoreError.unavailable(let reason) {
                    throw StoreError.unavailable(reason)
                } catch {
                    try Task.checkCancellation()
                    failure = error
                }
                try await Task.sleep(for: start.duration(to: clock.now))
            }
            tenants = unfinished
        }
        // One a transaction: others wait for its lock.
        while try await database.dropEmptyAttemptMonths(olderThanDays: retentionDays) > 0 {
            record(Report(months: 1))
            total.months += 1
        }
        if let failure { throw failure }
        return total
    }

    private func clear(_ tenant: TenantID) async throws -> Report {
        let attempts = PurgeDeliveryAttempts(AgedRows(of: tenant, days: retentionDays, limit: Self.batch))
        let mails = GiveUpUnsentMails(AgedRows(of: tenant, days: retentionDays, limit: Self.batch))
        return Report(attempts: try await database.affected(attempts, of: tenant), mails: try await database.affected(mails, of: tenant))
    }
}
