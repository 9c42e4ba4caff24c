public import Postgres

/// Where an engine hears that its table is worth a look: the receiving end of ``WakeUps``.
///
/// A wake-up is a hint. A new listening session wakes everybody too, because some may have been lost; either way the engine looks at everything.
public struct WakeUpSource: Sendable {
    private let listener: ListenService?

    /// - Parameter listener: nil hears nothing, which only costs time: the engines poll (tests use it to prove that).
    public init(listener: ListenService?) {
        self.listener = listener
    }

    /// The wake-ups of a channel; keeps at most one that was not taken. Ends with the listener, or when the task is cancelled.
    public func wakeUps(on channel: WakeUpChannel) -> AsyncStream<Void> {
        guard let listener else { return AsyncStream { _ in } }
        let wakeUps = listener.subscribe(channel.rawValue)
        return AsyncStream {
            for await _ in wakeUps { return }
            return nil
        }
    }
}
