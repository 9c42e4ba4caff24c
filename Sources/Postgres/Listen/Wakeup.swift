/// Why a subscriber should look at its table. A hint: the table is the truth (design.md 3).
public enum Wakeup: Hashable, Sendable {
    /// Something was notified on the channel, once or more.
    case notified
    /// Notifications may have been lost: the session is new. Look at everything.
    case reconnected
}
