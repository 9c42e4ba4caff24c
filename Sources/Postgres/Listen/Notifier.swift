public import Logging
public import ServiceLifecycle
import Synchronization

/// Sends NOTIFY after commits, coalesced and in transactions of its own: inside business transactions it would serialise all commits
/// (scale.md 2), so that only few at a time carry one (docs/decisions/0054). What it loses is found by polling.
public final class Notifier: Service {
    private let client: PostgresClient
    private let logger: Logger
    private let coalescer: Mutex<NotifyCoalescer>
    private let carriers = Mutex(WakeUpCarriers())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - interval: the mean time between two wake-ups of one channel that is never exceeded for long.
    ///   - burst: how many may follow each other at once after a quiet time (docs/decisions/0043).
    public init(client: PostgresClient, logger: Logger, interval: Duration = .milliseconds(5), burst: Int = 10) {
        self.client = client
        self.logger = logger
        coalescer = Mutex(NotifyCoalescer(interval: interval.nanoseconds, burst: Int64(burst)))
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for a wake-up of a channel; returns at once. To be called after the commit that it tells of.
    public func notify(_ channel: String) {
        if coalescer.withLock({ $0.add(channel) }) { signal.yield() }
    }

    /// Takes those of the channels that may be sent at once, for a unit that carries them itself; the others are to be notified after its commit. Where it took
    /// any, ``release(startedAt:)`` follows with the same time.
    ///
    /// - Parameter now: of `Monotonic`.
    func reserve(_ channels: [String], at now: Int64) -> [String] {
        guard carriers.withLock({ $0.take(at: now) }) else { return [] }
        let reserved = coalescer.withLock { $0.reserve(channels, at: now) }
        if reserved.isEmpty { release(startedAt: now) }
        return reserved
    }

    /// A unit that carried wake-ups is over.
    func release(startedAt start: Int64) {
        carriers.withLock { $0.release(startedAt: start, at: Monotonic.now()) }
    }

    /// Sends until the task is cancelled or a graceful shutdown begins; then once more what is left. On the thread that talks to the server: a wake-up is too
    /// little work to be handed to another thread and back.
    public func run() async throws {
        await withTaskExecutorPreference(client.executor) {
            await cancelWhenGracefulShutdown {
                for await _ in self.signals { await self.sendUntilEmpty() }
            }
        }
        if !Task.isCancelled { await send(coalescer.withLock { $0.takeAll() }) }
    }

    private func sendUntilEmpty() async {
        while !Task.isCancelled {
            let (due, next) = coalescer.withLock { $0.take(at: Monotonic.now()) }
            await send(due)
            guard let next else { return }
            try? await Task.sleep(for: .nanoseconds(max(0, next - Monotonic.now())))
        }
    }

    private func send(_ channels: [String]) async {
        guard !channels.isEmpty else { return }
        var unit = PostgresUnit()
        unit.add(Notify(channels: channels))
        do {
            _ = try await client.run(unit)
        } catch {
            // Dropped: a retry would pile up, and polling covers it.
            logger.debug("wake-ups were dropped", metadata: ["channels": "\(channels.count)"])
        }
    }
}
