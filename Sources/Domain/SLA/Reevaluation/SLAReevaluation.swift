/// The background work that an edit of the configuration brings: every live ticket is measured anew (sla.md, Timers, "Policy").
public struct SLAReevaluation: Hashable, Sendable {
    /// What was edited.
    public enum Cause: String, CaseIterable, Hashable, Sendable {
        case policy
        case calendar
        case queue
        /// The rules of time zones.
        case timeZones = "time_zones"
        /// Its tier or its calendar.
        case organization
        /// The organization that a requester belongs to.
        case requester
        /// The tenant's own.
        case defaultCalendar = "default_calendar"
    }

    public enum State: String, CaseIterable, Hashable, Sendable {
        /// Commands that decided by the configuration before are still under way.
        case waiting
        case running
        case done
        /// A newer edit began one that does its work too.
        case superseded
    }

    public let id: SLAReevaluationID
    public let cause: Cause
    /// The policy, calendar, queue, organization or requester; nil where there is none. Which of them follows from the cause.
    public let subject: ID<Subject>?
    public let state: State
    /// Live tickets found so far; all of them once ``isCounted``.
    public let total: Int64
    public let isCounted: Bool
    /// Tickets looked at.
    public let examined: Int64
    /// Tickets to which something else is promised now.
    public let changed: Int64
    /// Targets that turned out to be missed already.
    public let breached: Int64
    /// Tickets whose clocks could not be measured; they are as they were.
    public let failed: Int64
    /// Why the last of them failed.
    public let error: String?
    public let requestedAt: Timestamp
    public let startedAt: Timestamp?
    public let finishedAt: Timestamp?

    public enum Subject {}

    public init(
        id: SLAReevaluationID,
        cause: Cause,
        subject: ID<Subject>?,
        state: State,
        total: Int64,
        isCounted: Bool,
        examined: Int64,
        changed: Int64,
        breached: Int64,
        failed: Int64,
        error: String?,
        requestedAt: Timestamp,
        startedAt: Timestamp?,
        finishedAt: Timestamp?
    ) {
        self.id = id
        self.cause = cause
        self.subject = subject
        self.state = state
        self.total = total
        self.isCounted = isCounted
        self.examined = examined
        self.changed = changed
        self.breached = breached
        self.failed = failed
        self.error = error
        self.requestedAt = requestedAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
