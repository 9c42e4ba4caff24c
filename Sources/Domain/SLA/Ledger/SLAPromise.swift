/// What a policy promises for one timer.
public struct SLAPromise: Hashable, Sendable {
    public internal(set) var policy: SLAPolicyReference
    public internal(set) var measure: SLAMeasure
    /// Microseconds of the measure.
    public internal(set) var target: Int64
    public internal(set) var warnings: [SLAWarning]
    /// When this promise took effect.
    public internal(set) var since: Timestamp

    package init(policy: SLAPolicyReference, measure: SLAMeasure, target: Int64, warnings: [SLAWarning], since: Timestamp) {
        self.policy = policy
        self.measure = measure
        self.target = target
        self.warnings = warnings
        self.since = since
    }
}
