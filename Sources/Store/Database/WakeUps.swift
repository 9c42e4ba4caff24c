public import Postgres

/// Sends wake-ups after commits: at once, then at most one per channel each 10 ms, in a transaction of its own (scale.md 2).
public struct WakeUps: Sendable {
    let notifier: Notifier?

    /// - Parameter notifier: nil loses every wake-up, which only costs time: the engines poll (tests use it to prove that).
    public init(notifier: Notifier?) {
        self.notifier = notifier
    }

    /// Never waits and never fails.
    public func send(_ channel: WakeUpChannel) {
        notifier?.notify(channel.rawValue)
    }
}
