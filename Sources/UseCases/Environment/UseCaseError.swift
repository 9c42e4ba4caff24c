public import Domain

/// Why a use case did nothing: each becomes one specific answer to the caller.
public enum UseCaseError: Error, Sendable {
    /// There is no such thing in this tenant; another tenant's thing is no such thing either (404).
    case notFound
    /// It was there, and was deleted (410).
    case gone
    /// Fields are wrong; every wrong one is named (422).
    case invalid([FieldProblem])
    /// The state of the ticket forbids it.
    case refused(TicketRefusal)
    /// Somebody changed it since the version that the caller named (412).
    case versionMismatch(current: Int64)
    /// The name or key is taken (409).
    case duplicate(field: String)
    /// The state of something that is no ticket forbids it (409); says why.
    case conflict(String)
    /// Agents hear by it (409); the first of them.
    case reachesAgents([AgentID])
    /// The Idempotency-Key was used for another request (422).
    case idempotencyKeyReused
    /// The configuration kept changing while the command was tried (503, retry).
    case busy
}
