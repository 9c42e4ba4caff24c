/// Why a timer says what it says: what was counted, what was not, and by which rules.
public struct SLAExplanation: Hashable, Sendable, Codable {
    public struct Span: Hashable, Sendable, Codable {
        public let start: Timestamp
        /// nil: has not ended.
        public let end: Timestamp?

        public init(start: Timestamp, end: Timestamp?) {
            self.start = start
            self.end = end
        }
    }

    /// What a paused timer would promise if it ran on from the time asked about.
    public struct Resumption: Hashable, Sendable, Codable {
        public let dueAt: Timestamp
        public let breachAt: Timestamp

        private enum CodingKeys: String, CodingKey {
            case dueAt = "due_at"
            case breachAt = "breach_at"
        }
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
    /// Whether the deadline, or what it would be if a paused timer ran on, lies in a year whose holidays are not published, and may still move.
    public let isUnpublishedYear: Bool
    /// For a paused timer; nil also where its calendar has no open time left.
    public let ifResumedNow: Resumption?
    /// Holidays and special hours of the calendar between the start and the end or the deadline; at most ``SLAEngine/maximumSpecialDays``.
    public let specialDays: [CalendarSpecialDay]

    private enum CodingKeys: String, CodingKey {
        case metric
        case instance
        case stage
        case group
        case state
        case outcome
        case missedAt = "missed_at"
        case cancellation
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case policy
        case measure
        case calendarSource = "calendar_source"
        case targetVersion = "target_version"
        case target = "target_us"
        case consumed = "consumed_us"
        case dueAt = "due_at"
        case breachAt = "breach_at"
        case warnAt = "warn_at"
        case windows
        case isCut = "windows_cut"
        case pauses
        case isUnpublishedYear = "unpublished_year"
        case ifResumedNow = "if_resumed_now"
        case specialDays = "special_days"
    }
}
