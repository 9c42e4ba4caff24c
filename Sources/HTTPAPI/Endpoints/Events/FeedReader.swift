import Domain
import ServiceLifecycle
import UseCases

/// Reads the change feed, and waits for events where there are none.
struct FeedReader: Sendable {
    /// The longest time between two looks: what a lost hint costs.
    private static let pollInterval = Duration.seconds(1)
    /// The shortest time between two looks: hints tell of all tenants' events, so that hundreds may come in a second. Also how long after a hint without an
    /// event the next look comes: a transaction that began earlier is still running, and usually not for long.
    private static let settleInterval = Duration.milliseconds(50)

    let queries: TicketQueries
    let signal: any FeedSignal

    /// - Parameters:
    ///   - viewer: a provider's agent: only events of tickets that he sees.
    ///   - exchange: gives up its place while it waits.
    /// - Returns: the next events, or none where the time is over or the server stops. One more than `limit` tells that there are more.
    func read(
        of tenant: TenantID,
        viewer: AgentID?,
        after position: FeedPosition,
        limit: Int,
        wait: Duration,
        in exchange: Exchange
    ) async throws -> [FeedEntry] {
        let look = { try await queries.feed(of: tenant, viewer: viewer, after: position, limit: limit + 1) }
        guard wait > .zero else { return try await look() }
        let deadline = ContinuousClock.now + wait
        let latch = FeedLatch()
        // Before the first look: what is committed after it must not be missed. Once for all looks: a subscription begins with a hint of its own.
        let hints = signal.hints()
        async let _: Void = { for await _ in hints { latch.hint() } }()
        let rows = try await withGracefulShutdownHandler {
            try await Self.look(look, until: deadline, latch: latch, in: exchange)
        } onGracefulShutdown: {
            latch.end()
        }
        return rows
    }

    /// Looks again and again until there is something.
    private static func look(
        _ look: () async throws -> [FeedEntry],
        until deadline: ContinuousClock.Instant,
        latch: FeedLatch,
        in exchange: Exchange
    ) async throws -> [FeedEntry] {
        var pause = pollInterval
        while true {
            let lookedAt = ContinuousClock.now
            let rows = try await look()
            guard rows.isEmpty, ContinuousClock.now < deadline, !latch.isOver else { return rows }
            let wasHinted = try await exchange.waiting {
                try await Task.sleep(until: min(lookedAt + settleInterval, deadline), clock: .continuous)
                return await latch.sleep(until: min(lookedAt + pause, deadline))
            }
            try Task.checkCancellation()
            pause = wasHinted ? settleInterval : pollInterval
        }
    }
}
