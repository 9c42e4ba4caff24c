extension SLAFiring {
    /// The firing that an event tells of; nil for other events, and for names that this version does not know. What its cause was events of before do not say: it
    /// counts as time that ran out.
    public init?(_ event: TicketEvent) {
        guard let told = RecordedThreshold(event) else { return nil }
        let (isSuppressed, cause): (Bool, Cause?) =
            switch event.payload {
            case .timerWarned(let fired), .timerBreached(let fired): (fired.isSuppressed, fired.cause)
            default: (false, nil)
            }
        self.init(
            metric: told.metric,
            instance: told.instance,
            threshold: told.threshold,
            targetVersion: told.targetVersion,
            scheduledFor: told.scheduledFor,
            cause: cause ?? .elapsed,
            isSuppressed: isSuppressed
        )
    }
}

extension RecordedThreshold {
    /// What can be recorded once only: a threshold of one target of a timer (design.md I4).
    public struct Place: Hashable, Sendable {
        let metric: SLAMetric
        let instance: Int
        let threshold: SLAThreshold
        let targetVersion: Int
    }

    public var place: Place { Place(metric: metric, instance: instance, threshold: threshold, targetVersion: targetVersion) }
}
