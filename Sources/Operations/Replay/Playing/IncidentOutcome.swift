/// What became of one incident.
struct IncidentOutcome: Sendable {
    let number: String
    /// nil: it could not be created.
    var ticketID: String?
    var createMicroseconds: Int64?
    var assignMicroseconds: Int64?
    var hasRecordedPriority = false
    var isAssigned = false
    /// Why it has no agent.
    var unassignedReason: String?
    var acceptedTransitions = 0
    /// By `from→to`.
    var refusedTransitions: [String: Int] = [:]
    /// Whether all its promises were kept; nil where none was measured to its end.
    var isSLAMet: Bool?
    /// What went wrong beside refusals.
    var failures: [String] = []
}
