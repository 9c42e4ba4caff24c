extension EscalationRun {
    /// Whether its clock has another target by now, of which nothing is missed, nor warned of: a laxer one lets a missed clock run again, and nobody need be called for the
    /// target before (sla.md, "Priority or policy change"; decision 0050).
    public func isOutdated(by timer: SLATimer) -> Bool {
        guard !timer.isBreached else { return false }
        switch trigger {
        case .breach: return true
        // It may have gone on for a breach.
        case .warning: return !timer.fired.contains { $0.targetVersion == timer.targetVersion }
        case .unassigned, .noTaker, .unroutable, .manual, .complaint: return false
        }
    }
}
