import Domain
import Store

/// Watches whether the change feed gets on: one transaction that stays open, in whichever database of the server, holds it up for everybody.
public struct FeedWatch: Sendable {
    private let environment: UseCaseEnvironment
    private var delay = FeedDelay()

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Looks once.
    ///
    /// - Returns: for how long, at least, the oldest transaction has been open that the feed waits for: seen from the first look on.
    /// - Throws: ``StoreError``.
    public mutating func look(at time: ContinuousClock.Instant) async throws -> Duration {
        guard let horizon = try await environment.database.feedHorizon() else { return .zero }
        return delay.note(horizon, at: time)
    }
}
