/// Why a timer says what it says: what was counted, what was not, and by which rules.
public struct SLAExplanation: Hashable, Sendable {
    public struct Span: Hashable, Sendable {
        public let start: Timestamp
        /// nil: has not ended.
        public let end: Timestamp?

        public init(start: Timestamp, end: Timestamp?) {
            self.start = start
            self.end = end
        }
    }

    /// What a paused timer would promise if it ran on from the time asked about.
    public struct Resumption: Hashable, Sendable {
        public let dueAt: Timestamp
        public let breachAt: Timestamp
    }

    public let metric: SLAMetric
    public let instance: Int
    public let stage: SLAStage?
    public let group: GroupID?
    public let state: SLATimer.State
    /// What became of it: a clock that stands still, or was cancelled, may have been missed.
    public let outcome: SLATimerOutcome
    /// When the target in force was missed; nil where it was not.
    public let missedAt: Timestamp?
    public let cancellation: SLATimer.Cancellation?
    public let startedAt: Timestamp
    public let endedAt: Timestamp?
    public let policy: SLAPolicyReference?
    public let measure: SLAMeasure?
    /// Whose calendar counts; nil where it was not recorded, and for a calendar that is not the ticket's present one.
    public let calendarSource: SLACalendarChoice.Source?
    public let targetVersion: Int
    /// Microseconds.
    public let target: Int64?
    /// Microseconds up to the time asked about.
    public let consumed: Int64
    public let dueAt: Timestamp?
    public let breachAt: Timestamp?
    public let warnAt: [Timestamp]
    /// The open intervals that were counted.
    public let windows: [Span]
    /// Whether only the first of too many windows are listed.
    public let isCut: Bool
    public let pauses: [Span]
    /// Whether the deadline, or what it would be if a paused timer ran on, lies in a year whose holidays are not published, and may still move: of what is over, or
    /// was missed, nothing does.
    public let isUnpublishedYear: Bool
    /// For a paused timer that was not missed; nil also where its calendar has no open time left.
    public let ifResumedNow: Resumption?
    /// Holidays and special hours of the calendar between the start and the end or the deadline; at most ``SLAEngine/maximumSpecialDays``.
    public let specialDays: [CalendarSpecialDay]
}
