extension SLATimer {
    /// Passes every threshold that is due, in order, each once. This is the scheduler's step; call it under the ticket's lock.
    ///
    /// - Parameter now: the database's time; thresholds up to and including it are due.
    /// - Returns: what was passed, oldest first; empty when nothing is due, so calling again changes nothing.
    public mutating func fire(now: Timestamp) -> [SLAFiring] {
        pass { $0 <= now }
    }

    /// Passes thresholds that fell due before an instant at which something happens: what stops a clock at its deadline is in time.
    mutating func pass(before time: Timestamp) -> [SLAFiring] {
        pass { $0 < time }
    }

    private mutating func pass(where isDue: (Timestamp) -> Bool) -> [SLAFiring] {
        let count = pending.prefix { isDue($0.at) }.count
        guard count > 0 else { return [] }
        let due = pending[..<count]
        pending.removeFirst(count)
        return due.map { item in
            fired.append(Fired(threshold: item.threshold, targetVersion: targetVersion, at: item.at))
            if item.threshold == .breach { isBreached = true }
            return SLAFiring(
                metric: metric,
                instance: instance,
                threshold: item.threshold,
                targetVersion: targetVersion,
                scheduledFor: item.at,
                cause: item.cause,
                isSuppressed: suppressedUntil.map { item.at <= $0 } ?? false
            )
        }
    }
}
