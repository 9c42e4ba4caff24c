public import Postgres

/// Sends wake-ups after commits: in a transaction of its own (scale.md 2), ten at once and then one per channel each 5 ms (docs/decisions/0043).
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
