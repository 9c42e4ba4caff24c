/// What has become of a promise: each target has exactly one of these at any time (sla.md, Timers).
public enum SLAOutcome: String, CaseIterable, Hashable, Sendable {
    /// Ended in time.
    case met
    /// The time was used up, whether it has ended since or not; recorded exactly once.
    case breached
    /// Nobody owes it any more.
    case cancelled
    /// Runs, and its deadline lies ahead.
    case running
    /// Stands still.
    case paused
    /// Replaced by another target before anything was decided, or after its breach.
    case retargeted
}
