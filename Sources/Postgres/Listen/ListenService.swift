public import Logging
public import ServiceLifecycle
import Synchronization

/// One session that LISTENs for the whole process, and tells subscribers.
///
/// The session is never in a transaction and always read, so that it cannot fill the server's queue (queues.md 2.4). A heartbeat on the same
/// session finds half-open sockets, and servers that have become read-only, where nobody notifies any more; after each connect it LISTENs anew and wakes everybody with `.reconnected` (queues.md 2.3).
public final class ListenService: Service {
    private let threads: ThreadGroup
    private let reactor: Reactor
    private let isReactorShared: Bool
    private let connector: Connector
    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let heartbeatInterval: Duration
    private let subscribers = Mutex(Subscribers())
    private let alarm: Alarm

    /// - Parameters:
    ///   - client: whose thread reads the session, so that what a wake-up leads to needs no other; nil is a thread of its own. Its `run` must last longer.
    ///   - heartbeatTimeout: how long the answer to a heartbeat may take, and a LISTEN.
    public init(
        configuration: PostgresConfiguration,
        client: PostgresClient? = nil,
        logger: Logger,
        heartbeatInterval: Duration = .seconds(10),
        heartbeatTimeout: Duration = .seconds(5)
    ) {
        var configuration = configuration
        configuration.unitMode = .implicit
        configuration.timeouts.statement = heartbeatTimeout
        configuration.timeouts.deadlineMargin = .zero
        self.configuration = configuration
        self.logger = logger
        self.heartbeatInterval = heartbeatInterval
        connector = Connector(configuration: configuration, logger: logger)
        threads = ThreadGroup()
        reactor = client?.reactor ?? Reactor(threads: threads)
        isReactorShared = client != nil
        alarm = Alarm(reactor)
    }

    deinit {
        subscribers.withLock { $0.end() }
        stopReactor()
    }

    /// Wake-ups of a channel (at most 63 bytes), the first of them `.reconnected`. Keeps at most one that was not taken; ends with the service.
    public func subscribe(_ channel: String) -> AsyncStream<Wakeup> {
        let subscription = Subscription()
        let isNew = subscribers.withLock { subscribers in
            subscribers.add(subscription, to: channel)
            return !subscribers.missing.isEmpty
        }
        if isNew { alarm.ring() }
        return AsyncStream {
            await subscription.next()
        } onCancel: {
            subscription.finish()
        }
    }

    /// Listens until the task is cancelled or a graceful shutdown begins. May be called once.
    public func run() async throws {
        try configuration.validate()
        await cancelWhenGracefulShutdown {
            var backOff = BackOff()
            while !Task.isCancelled {
                do {
                    let session = ListenSession(try await self.connect(), self.reactor, self.configuration, self.alarm) { [weak self] in
                        self?.deliver($0)
                    }
                    // What accepts and hangs up is no success: it would be called again at once, for ever.
                    try await self.serve(session) { backOff.succeeded() }
                } catch {
                    await self.pause(&backOff, after: error)
                }
            }
        }
        subscribers.withLock { $0.end() }
        stopReactor()
        await threads.finish(within: ThreadGroup.usualLimit)
    }

    private func stopReactor() {
        if !isReactorShared { reactor.stop() }
    }

    private func connect() async throws -> ConnectionHandle {
        let connector = connector
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try threads.start { continuation.resume(with: Result { () throws(PostgresError) in try connector.connect() }.mapError { $0 }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// - Parameter listens: called once the first LISTEN was answered.
    private func serve(_ session: ListenSession, listens: () -> Void) async throws {
        try await session.open()
        defer { session.close() }
        subscribers.withLock { $0.listensToNothing() }
        while !Task.isCancelled {
            let missing = subscribers.withLock { $0.missing }
            // Without channels an empty unit: the heartbeat.
            try await session.listen(to: missing)
            if configuration.requiresReadWrite { try await session.requireWritable() }
            listens()
            subscribers.withLock { $0.listens(to: missing) }
            await alarm.wait(for: heartbeatInterval)
        }
    }

    private func deliver(_ channel: String) {
        for subscription in subscribers.withLock({ $0.subscriptions(of: channel) }) { subscription.wake(.notified) }
    }

    private func pause(_ backOff: inout BackOff, after error: any Error) async {
        guard !Task.isCancelled, let error = error as? PostgresError else { return }
        let now = Monotonic.now()
        backOff.failed(error, at: now, jitter: Double.random(in: 0...1))
        if backOff.failures == 1 || backOff.failures.isMultiple(of: 30) {
            logger.warning("the listening session was lost", metadata: ["reason": "\(error)", "failures": "\(backOff.failures)"])
        }
        try? await Task.sleep(for: .nanoseconds(backOff.notBefore - now))
    }
}
