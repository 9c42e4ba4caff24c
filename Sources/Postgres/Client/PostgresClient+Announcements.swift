extension PostgresClient {
    /// Sends a unit as ``run(_:)`` does, and lets its commit wake who listens to the channels.
    ///
    /// What the notifier allows follows the unit on its connection in the same flush, as a transaction of its own: the server comes to it right after the
    /// commit, before anybody heard of that. The rest is left to the notifier. A unit that fails may wake somebody for nothing.
    public func run(_ unit: PostgresUnit, announcing channels: [String], by notifier: Notifier) async throws -> UnitResult {
        let reserved = notifier.reserve(channels)
        var follower: WorkRequest?
        if !reserved.isEmpty {
            var announcement = PostgresUnit()
            announcement.add(Notify(channels: reserved))
            follower = WorkRequest(.announcement, announcement)
        }
        let result = try await perform(WorkRequest(.single, unit, follower: follower), on: nil).result
        for channel in channels where !reserved.contains(channel) { notifier.notify(channel) }
        return result
    }
}
