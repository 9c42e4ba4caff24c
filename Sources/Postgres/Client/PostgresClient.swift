public import Logging
public import ServiceLifecycle
import Synchronization

/// A pool of connections to one database.
///
/// `run()` must be running, usually in a `ServiceGroup`: it owns the reactor thread and the connections. Units that come before it wait like
/// those that find no free connection. A graceful shutdown refuses new work and waits for the work that runs.
public final class PostgresClient: Service {
    let reactor: Reactor
    /// Whatever thread works for this client.
    let threads: ThreadGroup
    let pool: ConnectionPool
    /// Runs tasks on the thread that talks to the server: an engine whose work is one short round trip after the other saves two changes of threads in
    /// each. Not for what computes for long or blocks: every unit of the client waits for it.
    public let executor: any TaskExecutor
    private let configuration: PostgresConfiguration
    private let hasRun = Atomic(false)

    public init(configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        threads = ThreadGroup()
        reactor = Reactor(threads: threads)
        executor = ReactorTaskExecutor(reactor)
        pool = ConnectionPool(configuration: configuration, reactor: reactor, threads: threads, logger: logger)
    }

    deinit {
        shutDown()
    }

    /// Keeps the pool alive until the task is cancelled or a graceful shutdown is over. May be called once.
    ///
    /// When it returns, no thread of the client is inside libpq any more, unless the server did not answer for two seconds.
    public func run() async throws {
        try configuration.validate()
        guard hasRun.exchange(true, ordering: .relaxed) == false else { throw PostgresError(.misuse, "a client runs once") }
        guard submit({ $0.start() }) else { throw refusal }
        // Throws when the task is cancelled, which ends everything at once.
        if (try? await gracefulShutdown()) != nil { await drain() }
        shutDown()
        await threads.finish(within: ThreadGroup.usualLimit)
    }

    /// Sends a unit: one round trip, one transaction; returns once it is committed.
    ///
    /// Throws `PostgresError`, or `CancellationError` when the calling task was cancelled: a unit that waited was not sent; one in flight was
    /// interrupted where nobody else's was on the same connection and that is not encrypted (decision 46), or else runs to its end unheard.
    public func run(_ unit: PostgresUnit) async throws -> UnitResult {
        let request = WorkRequest(.single, unit)
        return try await perform(request, on: nil).result
    }

    /// Whether a connection has answered within the last `limit`, be it only to the pool's check of an idle one: a pool that has no room now is busy then, and its
    /// server there.
    public func hasAnswered(within limit: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let isSubmitted = submit { continuation.resume(returning: $0.state.hasAnswered(since: Monotonic.now() - limit.nanoseconds)) }
            if !isSubmitted { continuation.resume(returning: false) }
        }
    }

    // MARK: Requests

    /// Submits a request, to the pool or to a leased connection, and waits for its outcome.
    func perform(_ request: WorkRequest, on connection: PostgresConnection?, isCancellable: Bool = true) async throws -> WorkRequest.Outcome {
        if isCancellable { try Task.checkCancellation() }
        try request.unit.check()
        // Unsafe continuations because this is the path of every unit; the pool resumes each request once, which `WorkRequest.finish` ensures.
        let outcome: WorkRequest.Outcome = try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                request.prepare(continuation)
                let isSubmitted = submit { pool in
                    if let connection { pool.accept(request, on: connection) } else { pool.accept(request) }
                }
                if !isSubmitted { request.fail(refusal) }
            }
        } onCancel: {
            if isCancellable { _ = submit { $0.cancel(request) } }
        }
        pool.metrics.record(request)
        return outcome
    }

    /// Runs `body` on the pool, on the reactor. False when the client is shut down.
    func submit(_ body: @escaping @Sendable (isolated ConnectionPool) -> Void) -> Bool {
        let pool = pool
        return reactor.submit { pool.assumeIsolated { body($0) } }
    }

    private var refusal: PostgresError {
        reactor.failure ?? PostgresError(.shutDown, "the client is shut down")
    }

    private func drain() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if !submit({ $0.drain { continuation.resume() } }) { continuation.resume() }
            }
        } onCancel: {
            _ = submit { $0.close() }
        }
    }

    private func shutDown() {
        _ = submit { $0.close() }
        reactor.stop()
    }
}
