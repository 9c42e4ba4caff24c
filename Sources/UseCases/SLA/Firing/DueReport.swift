public import Domain

/// What one batch of due tickets came to.
public struct DueReport: Sendable {
    /// How many tickets were locked.
    public internal(set) var claimed = 0
    /// Whether the batch was full, or measured tickets anew: more may be due.
    public internal(set) var hasMore = false
    public internal(set) var warnings = 0
    public internal(set) var breaches = 0
    /// Steps of escalation chains, by outcome.
    public internal(set) var escalations: [EscalationFiring.Outcome: Int] = [:]
    /// From the scheduled time of everything fired to its firing, in microseconds.
    public internal(set) var lags: [Int64] = []
    /// Tickets that could not be judged, with the reason: they stay due, and the others were done without them.
    public internal(set) var failed: [(ticket: TicketID, reason: String)] = []
    /// How far the batch came among what is due; nil where it claimed nothing.
    public internal(set) var reached: DuePosition?

    /// Thresholds and levels that fired.
    public var fired: Int { lags.count }

    mutating func count(_ outcome: DueOutcome, now: Timestamp) {
        for firing in outcome.promises.firings {
            if firing.threshold == .breach { breaches += 1 } else { warnings += 1 }
            lags.append(now.microseconds(since: firing.scheduledFor))
        }
        for step in outcome.steps {
            escalations[step.firing.outcome, default: 0] += 1
            lags.append(now.microseconds(since: step.firing.scheduledFor))
        }
    }
}

/// A batch that the database refused for a reason that waiting does not cure; nothing of it was done.
public struct DueBatchFailure: Error {
    /// What the batch had claimed: tried one by one, the culprit shows.
    public let tickets: [TicketID]
    /// How far it came among what is due.
    public let reached: DuePosition?
    public let reason: any Error
}
