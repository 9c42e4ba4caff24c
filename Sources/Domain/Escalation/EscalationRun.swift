/// One going through a chain for one ticket: a value that only its own functions change (sla.md, Escalation chains).
public struct EscalationRun: Hashable, Sendable, Codable {
    public enum State: String, CaseIterable, Hashable, Sendable, Codable {
        case running
        /// Acknowledged, and no further level is to come.
        case acknowledged
        case exhausted
        case ended
    }

    public enum End: String, Hashable, Sendable, Codable {
        /// What the timer waited for happened, or its target is not missed any more.
        case stopped
        case solved
        case cancelled
        case merged
    }

    /// Why the scheduler must be able to wait: what was left of a level's time when the run was held.
    struct Hold: Hashable, Sendable, Codable {
        let since: Timestamp
        /// Microseconds of the level's own mode.
        let remaining: Int64
        /// Microseconds of plain time behind them; nil is none.
        let plain: Int64?

        init(since: Timestamp, remaining: Int64, plain: Int64? = nil) {
            (self.since, self.remaining, self.plain) = (since, remaining, plain)
        }
    }

    public let chain: EscalationChain
    public let trigger: EscalationTrigger
    /// t0: the scheduled time of the first level. Ahead for a wait that may end before; an edit of the hours that it counts by moves it (``recount(at:calendar:)``).
    public internal(set) var startedAt: Timestamp
    public internal(set) var state = State.running
    public internal(set) var end: End?
    public internal(set) var endedAt: Timestamp?
    /// The round and level that come next; the round after the last means that only the end of the chain is left.
    public internal(set) var round = 0
    public internal(set) var level = 0
    /// When they are scheduled: from the level before's own time, so that neither lateness nor an empty level moves what comes after.
    public internal(set) var scheduledFor: Timestamp
    public internal(set) var acknowledgedAt: Timestamp?
    var hold: Hold?
    /// The time that the level to come would have had, where it fires sooner because nobody is behind the one before; nil: it fires at its own time.
    var ownTime: Timestamp?
    /// Whether a level of the present round found somebody.
    var roundFoundSomebody = false
    var isFallbackUsed = false
    /// Whether the clock stood still when the run was started: its first level fires all the same, and what comes after it is held. nil: it did not.
    public internal(set) var startsOnPause: Bool?
    /// nil where the next step waits for plain time.
    var wait: Wait?
    /// Thresholds that asked for the chain while steps were overdue; nil for none.
    var waiting: [Call]?
    /// Pauses of the timer that came while steps were overdue: those are taken first. nil for none.
    var pauses: [Pause]?

    private enum CodingKeys: String, CodingKey {
        case chain
        case trigger
        case startedAt = "started_at"
        case state
        case end
        case endedAt = "ended_at"
        case round
        case level
        case scheduledFor = "scheduled_for"
        case acknowledgedAt = "acknowledged_at"
        case hold
        case startsOnPause = "starts_on_pause"
        case wait
        case ownTime = "own_time"
        case roundFoundSomebody = "round_found_somebody"
        case isFallbackUsed = "fallback_used"
        case waiting = "waiting_calls"
        case pauses = "pauses_ahead"
    }

    /// Starts a run; the first level is due at once.
    ///
    /// - Throws: ``EscalationChainError`` for a chain that is not valid.
    public init(chain: EscalationChain, trigger: EscalationTrigger, at time: Timestamp) throws(EscalationChainError) {
        try chain.validate()
        self.chain = chain
        self.trigger = trigger
        startedAt = time
        scheduledFor = time
    }

    /// Whether its timer stands still. Steps that were overdue by then may be left to take.
    public var isHeld: Bool { hold != nil || (state == .running && isPausedAhead) }

    /// When the run must be looked at next; nil after its end, and while held with nothing overdue.
    public var nextFireAt: Timestamp? {
        guard state == .running, hold == nil else { return nil }
        // Behind a pause nothing is due while it lasts; what it puts off is told by whoever looks.
        guard let pause = pauses?.first, pause.since <= nextStepAt else { return nextStepAt }
        return pause.until == nil ? nil : nextStepAt
    }

    /// When the next step is due, pauses ahead aside.
    var nextStepAt: Timestamp {
        guard acknowledgedAt != nil, isSilenced, let expiry = acknowledgementExpiry else { return scheduledFor }
        return nextStep(after: expiry)
    }

    /// When the next step is due once an acknowledgement has lapsed: a level at once, the end of the chain at its own time at the earliest.
    func nextStep(after expiry: Timestamp) -> Timestamp { nextLevel == nil ? max(scheduledFor, expiry) : expiry }

    /// When the acknowledgement lapses; nil without one, or where it holds.
    var acknowledgementExpiry: Timestamp? {
        guard let acknowledgedAt, let ttl = chain.acknowledgementTTL else { return nil }
        return acknowledgedAt.adding(microseconds: ttl * 1_000_000)
    }

    /// The level to come; nil when only the end of the chain is left.
    public var nextLevel: EscalationLevel? { round <= chain.repeats ? chain.levels[level] : nil }

    /// Whether an acknowledgement stops all that is to come: levels for the unacknowledged, and the chain's end after such a level. With a level for the unresolved
    /// among them all keep their times: it fires in spite of the acknowledgement, and not later for it (sla.md, Escalation chains, rule 2).
    var isSilenced: Bool {
        let remaining = round < chain.repeats ? chain.levels[...] : round == chain.repeats ? chain.levels[level...] : chain.levels.suffix(1)
        return remaining.allSatisfy { $0.condition == .notAcknowledged }
    }
}
