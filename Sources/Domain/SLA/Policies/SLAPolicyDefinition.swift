/// A service level agreement as a person writes it, with its six elements (features.md A5.1): service description, quality, targets, penalties,
/// performance measures, cancel conditions.
public struct SLAPolicyDefinition: Hashable, Sendable {
    /// Ten years; a longer promise is a mistake.
    public static let maximumTargetSeconds: Int64 = 3_650 * 86_400

    public var name: String
    /// What service is promised.
    public var serviceDescription = ""
    /// In what quality.
    public var quality = ""
    public var targets: [SLATarget]
    public var penalties: [SLAPenaltyBand] = []
    public var measures: [SLAPerformanceMeasure] = []
    /// A ticket that meets one of these is no longer covered: its timers end as cancelled, never as met.
    public var cancelConditions: [TicketCondition] = []

    /// Which tickets the policy is for.
    public var conditions = TicketCondition.all([])
    /// The calendar of business targets; nil: the customer's, else the queue's, else the tenant's.
    public var calendar: CalendarID?
    public var pauses: [SLAPause] = []
    public var warnings: [SLAWarning] = []
    /// The escalation chain that a warning or breach starts.
    public var chain: EscalationChainID?
    public var options = SLAOptions()

    public init(name: String, targets: [SLATarget]) {
        self.name = name
        self.targets = targets
    }

    /// The most exact target for a metric, or nil where nothing is promised.
    public func target(for metric: SLAMetric, priority: Priority?, stage: SLAStage?) -> SLATarget? {
        var best: SLATarget?
        for target in targets where target.applies(to: metric, priority: priority, stage: stage) {
            if best.map({ target.specificity > $0.specificity }) ?? true { best = target }
        }
        return best
    }
}
