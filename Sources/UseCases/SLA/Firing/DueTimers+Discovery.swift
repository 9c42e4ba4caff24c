public import Domain
import Store

extension DueTimers {
    /// Tenants with something due, and those with promises to measure anew, over all tenants.
    ///
    /// - Throws: ``StoreError``.
    public func discover() async throws -> TimerDiscovery {
        try await environment.database.discoverTimers()
    }

    /// How many timers are overdue (counting stops at 100,000).
    ///
    /// - Throws: ``StoreError``.
    public func backlog() async throws -> Int {
        try await environment.database.timerBacklog()
    }
}
