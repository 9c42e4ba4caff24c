/// One step of a run, recorded at most once for (run, round, level).
public struct EscalationFiring: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// The level's actions are to be done.
        case fired
        /// Nobody was behind the level's targets; the next level follows at once.
        case skippedEmpty = "skipped_empty"
        /// Somebody had acknowledged, and the level was for the case that nobody has.
        case skippedAcknowledged = "skipped_acknowledged"
        /// A whole round found nobody: the tenant's fallback contact is to be told.
        case fallback
        /// The chain came to its end: event `chain_exhausted`.
        case exhausted
    }

    public let round: Int
    public let level: Int
    public let outcome: Outcome
    public let scheduledFor: Timestamp
    /// Fired noticeably after its time, because nobody was there to fire it.
    public let isLate: Bool

    private enum CodingKeys: String, CodingKey {
        case round
        case level
        case outcome
        case scheduledFor = "scheduled_for"
        case isLate = "late"
    }
}

extension EscalationFiring {
    /// The step that an event tells of; nil for an outcome that this version does not know.
    public init?(_ event: TicketEvent.Escalated) {
        guard let outcome = Outcome(rawValue: event.outcome) else { return nil }
        self.init(round: event.round, level: event.level, outcome: outcome, scheduledFor: event.scheduledFor, isLate: event.isLate)
    }
}
