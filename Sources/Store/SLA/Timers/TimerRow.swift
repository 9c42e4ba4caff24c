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
    /// Whose ticket it was when the outcome came; whose it is, while there is none.
    public let organization: OrganizationID?

    /// The row that a timer should have.
    ///
    /// - Parameter facts: the ticket's.
    public init(of timer: SLATimer, facts: SLAFacts) {
        metric = timer.metric.rawValue
        instance = timer.instance
        state = timer.state.rawValue
        nextFireAt = timer.nextFireAt
        dueAt = timer.dueAt
        breachAt = timer.breachAt
        outcome = timer.outcome.rawValue
        countedAt = timer.countedAt
        group = timer.group
        organization = timer.outcome == .running ? facts.organization : facts.organization(at: timer.countedAt)
    }

    /// What ``init(_:)`` reads.
    static let list = "metric, instance, state, next_fire_at, due_at, breach_at, outcome, counted_at, group_id, organization_id"

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
        organization = try columns.nextOptional()
    }
}

extension SLALedger {
    /// The rows that its timers should have.
    public var timerRows: [TimerRow] { promised.map { TimerRow(of: $0, facts: facts) } }
}
