extension SLAFiring {
    /// What the ticket's history tells of this firing.
    public var payload: TicketEvent.Payload {
        let fired = TicketEvent.TimerFired(
            metric: metric.rawValue,
            instance: instance,
            threshold: threshold.description,
            targetVersion: targetVersion,
            scheduledFor: scheduledFor,
            isSuppressed: isSuppressed,
            cause: cause
        )
        return threshold == .breach ? .timerBreached(fired) : .timerWarned(fired)
    }
}
