extension EscalationRun {
    /// A threshold that asks for the chain.
    public struct Call: Hashable, Sendable, Codable {
        public let trigger: EscalationTrigger
        public internal(set) var at: Timestamp

        public init(_ trigger: EscalationTrigger, at: Timestamp) {
            self.trigger = trigger
            self.at = at
        }
    }

    /// What a run says to a threshold that asks for its chain.
    public enum Answer: Hashable, Sendable {
        /// It is over: a run of its own begins.
        case over
        /// It goes on, for this threshold too (sla.md, Escalation chains, rule 1).
        case goesOn
        /// It has overdue steps, after which it may be over: what comes of the threshold is decided once they are taken (``nextCall``).
        case later
    }

    /// Answers a threshold, as if everything had been looked at when it was due: lateness must change nothing (sla.md, "Scheduler down").
    ///
    /// Who acknowledged has not acknowledged a breach that comes after: one of a target that was warned of, or of another target, since each is missed once at most.
    /// That ends the run, and calls people anew.
    public mutating func answer(_ call: Call) -> Answer {
        guard state == .running || state == .acknowledged else { return .over }
        if !calls.isEmpty || nextFireAt.map({ $0 <= call.at }) ?? false {
            waiting = calls + [call]
            return .later
        }
        guard call.trigger == .breach, let acknowledgedAt, acknowledgedAt <= call.at else { return .goesOn }
        end(.stopped, at: call.at)
        return .over
    }

    /// The first of the thresholds that wait for an answer, where the steps before it are taken; nil where there is none.
    public var nextCall: Call? {
        // A run that was held by an earlier version with steps overdue takes those first, when it goes on.
        guard let first = calls.first, hold.map({ $0.since <= scheduledFor }) ?? true, nextFireAt.map({ $0 > first.at }) ?? true else { return nil }
        return first
    }

    /// The newest of the thresholds that wait for an answer.
    public var lastCall: Call? { calls.last }

    /// Thresholds that wait for an answer, in the order of their times.
    var calls: [Call] { waiting ?? [] }

    /// Answers the first of those that wait.
    ///
    /// - Returns: where the run is over, those that the next run has to answer.
    public mutating func answerNextCall() -> [Call]? {
        guard let call = nextCall else { return nil }
        let further = Array(calls.dropFirst())
        waiting = nil
        // What came before the end was meant for this run.
        if state == .exhausted, let endedAt, call.at < endedAt {
            waiting = further.isEmpty ? nil : further
            return nil
        }
        guard answer(call) == .over else {
            waiting = further.isEmpty ? nil : further
            return nil
        }
        return further
    }

    /// Takes over what the run before has not answered.
    public mutating func take(_ calls: [Call]) {
        waiting = calls.isEmpty ? nil : calls
    }
}
