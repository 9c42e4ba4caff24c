/// Something in a set of policies that is allowed and cannot be meant.
public struct SLALintFinding: Hashable, Sendable, Codable {
    public enum Severity: String, CaseIterable, Hashable, Sendable, Codable {
        /// A promise that is never made or never kept as it stands there.
        case error
        /// Probably a mistake.
        case warning
        /// Worth knowing.
        case notice
    }

    /// Stable; documented in docs/api.md.
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case invalid
        case neverMatches = "never_matches"
        case unknownField = "unknown_field"
        case impossibleValue = "impossible_value"
        case shadowed
        case samePosition = "same_position"
        case neverAttaches = "never_attaches"
        case startsStopped = "starts_stopped"
        case cancelNeverMet = "cancel_never_met"
        case pauseCancels = "pause_cancels"
        case pauseWithoutEffect = "pause_without_effect"
        case alwaysPaused = "always_paused"
        case unknownState = "unknown_state"
        case targetUnreachable = "target_unreachable"
        case targetNeverUsed = "target_never_used"
        case priorityWithoutTarget = "priority_without_target"
        case priorityInverted = "priority_inverted"
        case responseAfterResolution = "response_after_resolution"
        case warningAtStart = "warning_at_start"
        case penaltyOverlap = "penalty_overlap"
        case penaltyDecreasing = "penalty_decreasing"
        case penaltyCurrencies = "penalty_currencies"
        case metricWithoutTarget = "metric_without_target"
        case measureTwice = "measure_twice"
        case unknownChain = "unknown_chain"
        case chainWithoutLevels = "chain_without_levels"
        case unknownCalendar = "unknown_calendar"
        case noCalendar = "no_calendar"
    }

    public let severity: Severity
    public let code: Code
    /// The policy's place among those that were given, from 0.
    public let policy: Int
    /// The place of the policy that it conflicts with, where there is one.
    public let other: Int?
    /// A JSON pointer into the policy.
    public let pointer: String
    public let message: String

    public init(_ severity: Severity, _ code: Code, policy: Int, other: Int? = nil, _ pointer: String, _ message: String) {
        self.severity = severity
        self.code = code
        self.policy = policy
        self.other = other
        self.pointer = pointer
        self.message = message
    }
}
