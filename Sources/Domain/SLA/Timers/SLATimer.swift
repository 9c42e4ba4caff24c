/// One clock of a ticket: a value that follows from the ticket's signals, the policies and the calendars alone (sla.md, Timers).
///
/// It also runs while no policy promises anything (`promise` is nil): a policy that comes later is then applied from the true start. Such a
/// timer is not shown and not stored as a row (``SLALedger/promised``).
public struct SLATimer: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case running
        case paused
        case met
        case breachedRunning = "breached_running"
        case breachedMet = "breached_met"
        case cancelled

        /// Whether what was promised can still be kept, or kept late.
        public var isLive: Bool { self == .running || self == .paused || self == .breachedRunning }
    }

    public enum Cancellation: String, Hashable, Sendable, Codable {
        case merged
        case condition
        /// The ticket was closed before the timer could be met.
        case closed
        /// No policy promises this metric any more; ends when one does again.
        case noPolicy = "no_policy"
    }

    /// A threshold that has not been passed.
    public struct Pending: Hashable, Sendable {
        public let threshold: SLAThreshold
        public let at: Timestamp
        public let cause: SLAFiring.Cause

        package init(threshold: SLAThreshold, at: Timestamp, cause: SLAFiring.Cause) {
            self.threshold = threshold
            self.at = at
            self.cause = cause
        }
    }

    /// A threshold that has been passed.
    public struct Fired: Hashable, Sendable {
        public let threshold: SLAThreshold
        public let targetVersion: Int
        /// When it was due.
        public let at: Timestamp

        package init(threshold: SLAThreshold, targetVersion: Int, at: Timestamp) {
            self.threshold = threshold
            self.targetVersion = targetVersion
            self.at = at
        }
    }

    public let metric: SLAMetric
    /// 1, 2, 3 … within the ticket and metric.
    public let instance: Int
    /// For the metric `stage`.
    public let stage: SLAStage?
    /// For the metric `group_ownership`.
    public let group: GroupID?
    public package(set) var startedAt: Timestamp
    public package(set) var segments: [SLARunSegment] = []
    /// The start of the span that is open now; nil while paused or ended.
    public package(set) var runningSince: Timestamp?
    public package(set) var endedAt: Timestamp?
    public package(set) var endedBy: Cancellation?

    public package(set) var promise: SLAPromise?
    /// Whether the promise holds no more, because no policy matches.
    public package(set) var isLapsed = false
    /// When it ceased to hold; nil also for what lapsed before this was recorded.
    public package(set) var lapsedAt: Timestamp?
    /// Counts the promises that differ in target or measure; 0 before the first.
    public package(set) var targetVersion = 0
    /// Whether more than the present target has been consumed.
    public package(set) var isBreached = false
    /// LEFT end: what people read. nil while paused.
    public package(set) var dueAt: Timestamp?
    /// RIGHT end: from when on the target is missed. nil while paused.
    public package(set) var breachAt: Timestamp?
    /// In the order in which they fall due; empty while nothing can fire.
    public package(set) var pending: [Pending] = []
    public package(set) var fired: [Fired] = []
    /// Thresholds up to this time are recorded without notice.
    public package(set) var suppressedUntil: Timestamp?

    package init(metric: SLAMetric, instance: Int, stage: SLAStage? = nil, group: GroupID? = nil, startedAt: Timestamp, suppressedUntil: Timestamp?) {
        self.metric = metric
        self.instance = instance
        self.stage = stage
        self.group = group
        self.startedAt = startedAt
        self.suppressedUntil = suppressedUntil
        runningSince = startedAt
    }

    public var state: State {
        if cancellation != nil { return .cancelled }
        if endedAt != nil { return isBreached ? .breachedMet : .met }
        if runningSince == nil { return .paused }
        return isBreached ? .breachedRunning : .running
    }

    /// Why the timer is cancelled; nil when it is not.
    public var cancellation: Cancellation? { endedBy ?? (isLapsed || promise == nil ? .noPolicy : nil) }

    /// When the scheduler must look at the timer next; nil when never.
    public var nextFireAt: Timestamp? { pending.first?.at }

    /// The instants of the warnings to come.
    public var warnAt: [Timestamp] { pending.filter { $0.threshold != .breach }.map(\.at) }

    /// Microseconds consumed in finished spans; ``SLAEngine/consumed(_:at:)`` adds the open one.
    public var consumed: Int64 { segments.reduce(0) { $0 + $1.consumed } }

    /// A running timer whose calendar has no open time left to reach the target.
    public var isUnreachable: Bool { state == .running && dueAt == nil }
}
