/// What a run of an escalation chain did, as it was written down.
public struct FiredEscalation: Hashable, Sendable {
    public let run: EscalationRunID
    public let round: Int
    public let level: Int
    public let outcome: EscalationFiring.Outcome
    public let scheduledFor: Timestamp
    public let firedAt: Timestamp
    /// Done noticeably later than it was due.
    public let isLate: Bool

    public init(
        run: EscalationRunID,
        round: Int,
        level: Int,
        outcome: EscalationFiring.Outcome,
        scheduledFor: Timestamp,
        firedAt: Timestamp,
        isLate: Bool
    ) {
        self.run = run
        self.round = round
        self.level = level
        self.outcome = outcome
        self.scheduledFor = scheduledFor
        self.firedAt = firedAt
        self.isLate = isLate
    }
}
