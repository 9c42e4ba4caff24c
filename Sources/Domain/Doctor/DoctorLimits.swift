/// From when on something is late or too much. The defaults leave room for a busy day.
public struct DoctorLimits: Hashable, Sendable {
    /// Seconds that a transaction may be open before it is named; ten times as long is a problem.
    public var transactionSeconds: Double = 60
    /// Seconds that a session may sit idle in a transaction. Docket's own sessions are ended after ten.
    public var idleSeconds: Double = 30
    /// Seconds that a timer or a delivery may be overdue.
    public var overdueSeconds: Double = 300
    /// Seconds after which an agent's lease that ran out counts as forgotten.
    public var expiredLeaseSeconds: Double = 86_400
    /// Seconds beyond which no presence lease reaches: the longest that a heartbeat may ask for, and a minute.
    public var longestLeaseSeconds: Double = 3_660
    /// Seconds beyond which no delivery is planned: the longest wait of the schedule with its jitter (api.md 7), rounded up to days.
    public var longestDeliveryWaitSeconds: Double = 2 * 86_400
    /// The share of the queue of notifications that may be in use.
    public var notificationShare = 0.1

    public init() {}
}
