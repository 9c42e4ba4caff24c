import Logging
public import ServiceLifecycle
import UnixSignals

extension GracefulShutdown {
    /// Runs the services that a body has prepared; called by the body once.
    public typealias Serve = @Sendable ([any Service]) async throws -> Void

    /// Runs a body that first prepares what its services stand on. A signal before it serves cancels the body, so that what it has started
    /// ends with it; a second one exits at once, then as later.
    ///
    /// - Throws: what the body throws, unless it was cancelled by a signal.
    public func run(preparing body: @escaping @Sendable (_ serve: @escaping Serve) async throws -> Void) async throws {
        try await run(signals: await UnixSignalsSequence(trapping: .sigterm, .sigint), preparing: body)
    }

    /// - Parameter signals: each element counts as one signal.
    package func run<Signals: AsyncSequence & Sendable>(
        signals: Signals,
        preparing body: @escaping @Sendable (_ serve: @escaping Serve) async throws -> Void
    ) async throws where Signals.Element: Sendable {
        let phase = StartPhase()
        let (relay, relayed) = AsyncStream.makeStream(of: Signals.Element.self, bufferingPolicy: .bufferingOldest(2))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            // Not a child task: a signal cancels it alone.
            let work = Task {
                try await body { services in
                    guard phase.beginServing() else { throw CancellationError() }
                    try await run(services, signals: relay)
                }
            }
            tasks.addTask {
                for try await signal in signals {
                    switch phase.take() {
                    case .serving: relayed.yield(signal)
                    case .preparing: continue
                    case .interrupted(let count) where count == 1:
                        logger.info("stopping before it serves", metadata: ["signal": "\(signal)"])
                        work.cancel()
                    case .interrupted:
                        logger.warning("second signal: exiting at once", metadata: ["signal": "\(signal)"])
                        exit(GracefulShutdown.forcedExitStatus)
                        return
                    }
                }
            }
            defer { tasks.cancelAll() }
            do {
                try await withTaskCancellationHandler {
                    try await work.value
                } onCancel: {
                    work.cancel()
                }
            } catch {
                // What a cancelled preparation throws says only that it was cancelled.
                guard phase.isInterrupted else { throw error }
            }
        }
    }
}
