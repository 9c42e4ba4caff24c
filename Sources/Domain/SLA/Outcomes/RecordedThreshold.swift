/// A threshold as it was recorded: in the ticket's history, or in the table of firings.
public struct RecordedThreshold: Hashable, Sendable {
    public let metric: SLAMetric
    public let instance: Int
    public let threshold: SLAThreshold
    public let targetVersion: Int
    /// When it was due.
    public let scheduledFor: Timestamp
    /// When it was recorded, by the database's clock.
    public let recordedAt: Timestamp

    public init(metric: SLAMetric, instance: Int, threshold: SLAThreshold, targetVersion: Int, scheduledFor: Timestamp, recordedAt: Timestamp) {
        self.metric = metric
        self.instance = instance
        self.threshold = threshold
        self.targetVersion = targetVersion
        self.scheduledFor = scheduledFor
        self.recordedAt = recordedAt
    }

    /// The threshold that an event records; nil for other events, and for names that this version does not know.
    public init?(_ event: TicketEvent) {
        switch event.payload {
        case .timerWarned(let fired), .timerBreached(let fired):
            guard let metric = SLAMetric(rawValue: fired.metric), let threshold = SLAThreshold(fired.threshold) else { return nil }
            self.init(
                metric: metric,
                instance: fired.instance,
                threshold: threshold,
                targetVersion: fired.targetVersion,
                scheduledFor: fired.scheduledFor,
                recordedAt: event.at
            )
        default: return nil
        }
    }
}
