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
    /// - Returns: the next events; none where the time is over, the server stops, or there is more to look at than one look takes: the caller comes again.
    func read(
        of tenant: TenantID,
        viewer: AgentID?,
        after position: FeedPosition,
        limit: Int,
        wait: Duration,
        in exchange: Exchange
    ) async throws -> FeedPage {
        let look = { try await queries.feed(of: tenant, viewer: viewer, after: $0, limit: limit) }
        guard wait > .zero else { return try await look(position) }
        let deadline = ContinuousClock.now + wait
        let latch = FeedLatch()
        // Before the first look: what is committed after it must not be missed. Once for all looks: a subscription begins with a hint of its own.
        let hints = signal.hints()
        async let _: Void = { for await _ in hints { latch.hint() } }()
        let page = try await withGracefulShutdownHandler {
            try await Self.look(look, from: position, until: deadline, latch: latch, in: exchange)
        } onGracefulShutdown: {
            latch.end()
        }
        return page
    }

    /// Looks again and again until there is something, each time from where the look before had come to.
    private static func look(
        _ look: (FeedPosition) async throws -> FeedPage,
        from start: FeedPosition,
        until deadline: ContinuousClock.Instant,
        latch: FeedLatch,
        in exchange: Exchange
    ) async throws -> FeedPage {
        var position = start
        var pause = pollInterval
        while true {
            let lookedAt = ContinuousClock.now
            let page = try await look(position)
            guard page.events.isEmpty, !page.hasMore, ContinuousClock.now < deadline, !latch.isOver else { return page }
            position = page.end
            let wasHinted = try await exchange.waiting {
                try await Task.sleep(until: min(lookedAt + settleInterval, deadline), clock: .continuous)
                return await latch.sleep(until: min(lookedAt + pause, deadline))
            }
            try Task.checkCancellation()
            pause = wasHinted ? settleInterval : pollInterval
        }
    }
}
