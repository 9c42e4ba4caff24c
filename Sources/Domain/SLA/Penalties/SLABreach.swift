/// A missed target with its size: what a penalty is computed from. One for each (timer, target version) whose breach was passed.
public struct SLABreach: Hashable, Sendable {
    public let metric: SLAMetric
    public let instance: Int
    public let targetVersion: Int
    /// The policy, in its version, that was in force when the target was missed.
    public let policy: SLAPolicyReference
    /// When it was missed, however late that was recorded.
    public let breachedAt: Timestamp
    /// When what was promised happened at last, or the target was changed or cancelled; nil while the breach lasts.
    public internal(set) var endedAt: Timestamp?
    /// Microseconds beyond the target, as the timer counts time; up to now while the breach lasts.
    public internal(set) var overrun: Int64
    /// Already due when the ticket was imported: nobody was told, and no penalty follows.
    public let isSuppressed: Bool
    /// Whether it is over for good: the clock cannot run towards this target again.
    public internal(set) var isSettled = false
    /// Whose ticket it was when the target was missed.
    public let organization: OrganizationID?

    public init(
        metric: SLAMetric,
        instance: Int,
        targetVersion: Int,
        policy: SLAPolicyReference,
        breachedAt: Timestamp,
        endedAt: Timestamp?,
        overrun: Int64,
        isSuppressed: Bool = false,
        organization: OrganizationID? = nil
    ) {
        self.metric = metric
        self.instance = instance
        self.targetVersion = targetVersion
        self.policy = policy
        self.breachedAt = breachedAt
        self.endedAt = endedAt
        self.overrun = overrun
        self.isSuppressed = isSuppressed
        self.organization = organization
    }
}
