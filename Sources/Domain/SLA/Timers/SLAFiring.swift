/// A threshold that a timer passed; recorded at most once for (timer, threshold, target version).
public struct SLAFiring: Hashable, Sendable {
    public enum Cause: String, Hashable, Sendable, Codable {
        /// Time ran out.
        case elapsed
        /// A changed target, calendar or policy put the threshold into the past.
        case retarget
    }

    public let metric: SLAMetric
    public let instance: Int
    public let threshold: SLAThreshold
    public let targetVersion: Int
    /// When it was due, however late it is fired.
    public let scheduledFor: Timestamp
    public let cause: Cause
    /// Already due when a backdated ticket was recorded: kept for reports, nobody is told.
    public let isSuppressed: Bool
}
