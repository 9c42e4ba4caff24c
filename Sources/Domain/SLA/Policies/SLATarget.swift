/// How long something may take, for one metric and optionally for one priority or one stage.
public struct SLATarget: Hashable, Sendable, Codable {
    /// Whether open time of the calendar or plain time counts.
    public enum Mode: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
        case business
        case calendar
    }

    public let metric: SLAMetric
    /// nil: every priority.
    public let priority: Priority?
    /// For `stage` only; nil: every stage.
    public let stage: SLAStage?
    public let seconds: Int64
    public let mode: Mode

    public init(metric: SLAMetric, priority: Priority? = nil, stage: SLAStage? = nil, seconds: Int64, mode: Mode = .business) {
        self.metric = metric
        self.priority = priority
        self.stage = stage
        self.seconds = seconds
        self.mode = mode
    }

    func applies(to metric: SLAMetric, priority: Priority?, stage: SLAStage?) -> Bool {
        self.metric == metric && (self.priority == nil || self.priority == priority) && (self.stage == nil || self.stage == stage)
    }

    /// How exact the target is: one that names priority and stage goes before one that names neither.
    var specificity: Int { (priority == nil ? 0 : 2) + (stage == nil ? 0 : 1) }
}
