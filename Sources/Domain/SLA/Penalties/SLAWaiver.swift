/// A request to waive a penalty, and what became of it. Kept for ever.
public struct SLAWaiver: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case requested
        case approved
        case rejected
    }

    /// Most characters of a reason or a note.
    public static let maximumText = 2_000

    public let id: SLAWaiverID
    public let penaltyID: SLAPenaltyID
    public let state: State
    public let reason: String
    public let requestedBy: AgentID
    public let requestedAt: Timestamp
    /// Never the one who asked.
    public let decidedBy: AgentID?
    public let decidedAt: Timestamp?
    public let note: String?
    /// What was waived, in the currency's smallest unit: the entry's amount when it was granted. nil unless granted.
    public let amount: Int64?

    public init(
        id: SLAWaiverID,
        penaltyID: SLAPenaltyID,
        state: State,
        reason: String,
        requestedBy: AgentID,
        requestedAt: Timestamp,
        decidedBy: AgentID? = nil,
        decidedAt: Timestamp? = nil,
        note: String? = nil,
        amount: Int64? = nil
    ) {
        self.id = id
        self.penaltyID = penaltyID
        self.state = state
        self.reason = reason
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.note = note
        self.amount = amount
    }
}
