/// Checks that every target of a ticket has exactly one outcome and that what was recorded says the same (design.md I4). Knows nothing of how clocks
/// are computed: it compares where the timers stand with what was recorded about them.
public struct SLAOutcomeAudit: Sendable {
    /// What must not be.
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// A threshold that was passed and not recorded.
        case unrecorded
        /// A threshold that was recorded twice.
        case doubled
        /// Recorded for a timer, or a target, that there is not, or that has not passed it.
        case invented
        /// Recorded before it was due.
        case early
        /// Recorded after one that was due later.
        case disordered
        /// A running timer whose deadline lies further in the past than schedulers may be late.
        case overdue
        /// A timer that is met and breached at once, or neither.
        case undecided
    }

    /// One target of a timer and what has become of it.
    public struct Target: Hashable, Sendable {
        public let metric: SLAMetric
        public let instance: Int
        public let version: Int
        public let outcome: SLAOutcome
    }

    /// Every target that there was, each once.
    public private(set) var targets: [Target] = []
    public private(set) var faults: [Fault: Int] = [:]

    public var isFine: Bool { faults.isEmpty }

    /// Whether nothing is wrong but that something is late: that is no wrong outcome, only none yet.
    public var isDecided: Bool { faults.keys.allSatisfy { $0 == .overdue } }

    /// - Parameters:
    ///   - timers: the promised timers of one ticket.
    ///   - recorded: what was recorded about the ticket, in the order of recording.
    ///   - now: the database's time.
    ///   - tolerance: how late a scheduler may be, microseconds.
    public init(timers: [SLATimer], recorded: [RecordedThreshold], now: Timestamp, tolerance: Int64) {
        var byTimer: [Timer: [RecordedThreshold]] = [:]
        var latest: Timestamp?
        for record in recorded {
            byTimer[Timer(metric: record.metric, instance: record.instance), default: []].append(record)
            if record.recordedAt < record.scheduledFor { note(.early) }
            if let latest, record.scheduledFor < latest { note(.disordered) }
            latest = max(latest ?? record.scheduledFor, record.scheduledFor)
        }
        for timer in timers {
            let mine = byTimer.removeValue(forKey: Timer(metric: timer.metric, instance: timer.instance)) ?? []
            compare(timer, with: mine)
            judge(timer, breaches: mine.filter { $0.threshold == .breach }, now: now, tolerance: tolerance)
        }
        for (_, strangers) in byTimer { note(.invented, times: strangers.count) }
    }

    private struct Timer: Hashable {
        let metric: SLAMetric
        let instance: Int
    }

    private struct Key: Hashable {
        let threshold: SLAThreshold
        let version: Int
    }

    private mutating func note(_ fault: Fault, times: Int = 1) {
        if times > 0 { faults[fault, default: 0] += times }
    }

    /// What the timer says to have passed must be what was recorded, each once.
    private mutating func compare(_ timer: SLATimer, with recorded: [RecordedThreshold]) {
        let told = recorded.map { Key(threshold: $0.threshold, version: $0.targetVersion) }
        let passed = timer.fired.map { Key(threshold: $0.threshold, version: $0.targetVersion) }
        note(.doubled, times: told.count - Set(told).count)
        note(.unrecorded, times: Set(passed).subtracting(told).count)
        note(.invented, times: Set(told).subtracting(passed).count)
    }

    private mutating func judge(_ timer: SLATimer, breaches: [RecordedThreshold], now: Timestamp, tolerance: Int64) {
        guard timer.targetVersion > 0 else { return }
        for version in 1..<timer.targetVersion {
            targets.append(Target(metric: timer.metric, instance: timer.instance, version: version, outcome: .retargeted))
        }
        let isBreachRecorded = breaches.contains { $0.targetVersion == timer.targetVersion }
        let outcome: SLAOutcome
        switch timer.state {
        case .cancelled: outcome = .cancelled
        case .met: outcome = .met
        case .breachedMet, .breachedRunning: outcome = .breached
        case .paused: outcome = timer.isBreached ? .breached : .paused
        case .running: outcome = .running
        }
        targets.append(Target(metric: timer.metric, instance: timer.instance, version: timer.targetVersion, outcome: outcome))
        if outcome != .cancelled, isBreachRecorded != (outcome == .breached) { note(.undecided) }
        if outcome == .running, let next = timer.nextFireAt, next < now.adding(microseconds: -tolerance) { note(.overdue) }
        // Its deadline lies behind, and nothing will ever say so.
        let isArmed = timer.pending.contains { $0.threshold == .breach }
        if outcome == .running, !isArmed, timer.breachAt.map({ $0 < now.adding(microseconds: -tolerance) }) ?? false { note(.undecided) }
    }
}
