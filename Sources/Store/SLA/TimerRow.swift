public import Domain
import Postgres

/// A timer as the scheduler's table has it.
public struct TimerRow: Hashable, Sendable {
    public let metric: String
    public let instance: Int
    public let state: String
    public let nextFireAt: Timestamp?
    public let dueAt: Timestamp?
    public let breachAt: Timestamp?
    public let outcome: String
    public let countedAt: Timestamp
    public let group: GroupID?

    /// The row that a timer should have.
    public init(of timer: SLATimer) {
        metric = timer.metric.rawValue
        instance = timer.instance
        state = timer.state.rawValue
        nextFireAt = timer.nextFireAt
        dueAt = timer.dueAt
        breachAt = timer.breachAt
        outcome = timer.outcome.rawValue
        countedAt = timer.countedAt
        group = timer.group
    }

    init(_ columns: inout ColumnReader) throws(DecodeError) {
        metric = try columns.next()
        instance = Int(try columns.next(Int32.self))
        state = try columns.next()
        nextFireAt = try columns.nextOptional()
        dueAt = try columns.nextOptional()
        breachAt = try columns.nextOptional()
        outcome = try columns.next()
        countedAt = try columns.next()
        group = try columns.nextOptional()
    }
}
