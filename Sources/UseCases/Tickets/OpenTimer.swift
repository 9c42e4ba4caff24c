public import Domain
import Store

/// A clock of a ticket that runs or is paused, as lists show it.
public struct OpenTimer: Hashable, Sendable {
    /// The code of what it measures.
    public let metric: String
    /// 1, 2, 3 … within the ticket and metric.
    public let instance: Int
    /// The code of how it stands.
    public let state: String
    /// The code of what became of it.
    public let outcome: String
    /// nil while paused.
    public let dueAt: Timestamp?
    /// From when on the target is missed.
    public let breachAt: Timestamp?

    /// The most that are told of one ticket.
    public static let maximumCount = LoadOpenTimers.limitOfTicket

    init(_ row: TimerRow) {
        metric = row.metric
        instance = row.instance
        state = row.state
        outcome = row.outcome
        dueAt = row.dueAt
        breachAt = row.breachAt
    }
}
