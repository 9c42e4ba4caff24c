import Store

/// What one step of a tenant's re-evaluation came to.
public struct ReevaluationReport: Hashable, Sendable {
    public enum End: Hashable, Sendable {
        /// There is no live re-evaluation.
        case idle
        /// There may be more to do at once.
        case more
        /// Others have what is left, or it must wait.
        case blocked
    }

    public internal(set) var end: End
    /// Tickets looked at.
    public internal(set) var examined = 0
    /// Tickets to which something else is promised now.
    public internal(set) var changed = 0
    /// Targets that turned out to be missed already.
    public internal(set) var breached = 0
    /// Tickets whose clocks could not be measured.
    public internal(set) var failed = 0
    /// How far the server had counted the transactions that write when the step began; nil where it did not ask.
    public internal(set) var transactions: Int64?
    var effects = DueBatchWriter.Effects()

    init(_ end: End) {
        self.end = end
    }
}

/// A part that the database refused for a reason that waiting does not cure; nothing of it was done.
struct ReevaluationFailure: Error {
    let part: ReevaluationPart
    let reason: any Error
}
