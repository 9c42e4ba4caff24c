extension PostgresClient {
    /// Sends a unit as ``run(_:)`` does, and lets its commit wake who listens to the channels.
    ///
    /// What the notifier allows goes with the unit's own transaction: the server wakes the listeners in the commit, before it answers. The rest is left to the
    /// notifier (docs/decisions/0054).
    public func run(_ unit: PostgresUnit, announcing channels: [String], by notifier: Notifier) async throws -> UnitResult {
        let start = Monotonic.now()
        let reserved = notifier.reserve(channels, at: start)
        defer { if !reserved.isEmpty { notifier.release(startedAt: start) } }
        let result = try await run(unit, carrying: reserved)
        for channel in channels where !reserved.contains(channel) { notifier.notify(channel) }
        return result
    }

    private func run(_ unit: PostgresUnit, carrying reserved: [String]) async throws -> UnitResult {
        guard !reserved.isEmpty else { return try await run(unit) }
        var announcing = unit
        announcing.add(Notify(channels: reserved))
        do {
            return try await run(announcing)
        } catch let error as PostgresError where error.sqlState == "54000" {
            // The server's queue of notifications is full, because some session has not read it for weeks: nobody's tickets are to wait for that.
            return try await run(unit)
        }
    }
}
