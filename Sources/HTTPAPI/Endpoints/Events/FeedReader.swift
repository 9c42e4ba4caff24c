import Domain
import ServiceLifecycle
import UseCases

/// Reads the change feed, and waits for events where there are none.
struct FeedReader: Sendable {
    /// The longest time between two looks: what a lost hint costs.
    private static let pollInterval = Duration.seconds(1)
    /// After a hint without an event: a transaction that began earlier is still running, and usually not for long.
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
        let deadline = ContinuousClock.now + wait
        var pause = Self.pollInterval
        while true {
            // Before the look: what is committed after it must not be missed.
            let hints = signal.hints()
            let rows = try await queries.feed(of: tenant, viewer: viewer, after: position, limit: limit + 1)
            let left = ContinuousClock.now.duration(to: deadline)
            guard rows.isEmpty, left > .zero else { return rows }
            switch try await exchange.waiting({ try await Self.next(of: hints, within: min(pause, left)) }) {
            case .hint: pause = Self.settleInterval
            case .time: pause = Self.pollInterval
            case .shutdown: return []
            }
        }
    }

    private enum Cause: Sendable {
        case hint, time, shutdown
    }

    private static func next(of hints: AsyncStream<Void>, within pause: Duration) async throws -> Cause {
        let cause = await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Cause?.self) { group in
                group.addTask {
                    for await _ in hints { return .hint }
                    return nil
                }
                group.addTask {
                    do {
                        try await Task.sleep(for: pause)
                        return .time
                    } catch {
                        return .shutdown
                    }
                }
                defer { group.cancelAll() }
                // A stream that ended says nothing: then the time decides.
                for await cause in group {
                    if let cause { return cause }
                }
                return .time
            }
        }
        try Task.checkCancellation()
        return cause
    }
}
