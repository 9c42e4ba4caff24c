/// The choices that sla.md leaves to a policy; the defaults are its defaults.
public struct SLAOptions: Hashable, Sendable {
    /// What happens to cumulative metrics when a solved ticket is reopened.
    public enum Reopen: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
        /// Resume with the consumed time kept; the solved span counts as a pause.
        case `continue`
        /// A new instance from zero.
        case newCycle = "new_cycle"
        /// Stays as it was decided.
        case ignore
    }

    /// What a changed target or calendar means for time already consumed.
    public enum Retarget: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
        /// Measured again from the start.
        case retroactive
        /// Kept as it was measured; only time from now on counts the new way.
        case prospective
    }

    /// Whether an internal note is a first response.
    public var noteIsFirstResponse = false
    /// Whether a bot's public reply counts as an agent's.
    public var botReplyCounts = false
    /// Whether an internal note restarts `periodic_update`.
    public var noteIsUpdate = false
    /// Whether `first_response` pauses while the ticket waits for the customer.
    public var firstResponsePausesInPending = false
    /// Whether `periodic_update` pauses while the ticket waits for the customer.
    public var periodicUpdatePausesInPending = false
    public var reopen = Reopen.continue
    public var retarget = Retarget.retroactive

    public init() {}
}
