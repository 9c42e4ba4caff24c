import Glibc
public import Logging
public import ServiceLifecycle
import UnixSignals

/// Runs a process's services until they end or a signal comes: SIGTERM or SIGINT drains, a second one exits at once (reliability.md 1).
///
/// A ServiceGroup's own signal handling takes each signal once, and a drain that hangs could then only be killed.
public struct GracefulShutdown: Sendable {
    /// The exit status after a second signal, as a shell reports a process ended by SIGTERM.
    public static let forcedExitStatus: Int32 = 143

    let logger: Logger
    private let maximumDuration: Duration
    let exit: @Sendable (Int32) -> Void

    /// - Parameters:
    ///   - maximumDuration: how long the drain may take before the services are cancelled.
    ///   - beforeForcedExit: what must not outlive the process; called by a second signal, right before the exit, and must not wait.
    public init(logger: Logger, maximumDuration: Duration = .seconds(30), beforeForcedExit: @escaping @Sendable () -> Void = {}) {
        self.init(
            logger: logger,
            maximumDuration: maximumDuration,
            exit: { status in
                beforeForcedExit()
                _exit(status)
            }
        )
    }

    /// - Parameter exit: ends the process; tests record the call instead.
    package init(logger: Logger, maximumDuration: Duration, exit: @escaping @Sendable (Int32) -> Void) {
        self.logger = logger
        self.maximumDuration = maximumDuration
        self.exit = exit
    }

    /// Runs the services; they stop last to first.
    ///
    /// - Throws: what the first failing service threw.
    public func run(_ services: [any Service]) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await run(services, signals: signals)
    }

    /// - Parameter signals: each element counts as one signal.
    package func run<Signals: AsyncSequence & Sendable>(_ services: [any Service], signals: Signals) async throws where Signals.Element: Sendable {
        var configuration = ServiceGroupConfiguration(services: services, logger: logger)
        configuration.maximumGracefulShutdownDuration = maximumDuration
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [logger, exit] in
                var count = 0
                for try await signal in signals {
                    count += 1
                    guard count == 1 else {
                        logger.warning("second signal: exiting at once", metadata: ["signal": "\(signal)"])
                        exit(GracefulShutdown.forcedExitStatus)
                        return
                    }
                    logger.info("draining", metadata: ["signal": "\(signal)"])
                    await group.triggerGracefulShutdown()
                }
                // The sequence ends when this task is cancelled because the services have ended.
            }
            tasks.addTask {
                try await group.run()
                throw ServicesEnded()
            }
            do {
                while try await tasks.next() != nil {}
            } catch is ServicesEnded {
                tasks.cancelAll()
            }
        }
    }
}

/// Tells the two child tasks apart: only the end of the services ends the run.
private struct ServicesEnded: Error {}
