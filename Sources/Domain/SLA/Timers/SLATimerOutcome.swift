/// What became of a timer, as reports count it. Each timer has exactly one outcome.
public enum SLATimerOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// Not over, and not missed.
    case running
    /// Stopped in time.
    case met
    /// The target in force last was missed, whether the timer is still running, was stopped late or cancelled afterwards.
    case breached
    /// Ended by a merge, a cancel condition, the end of the ticket or the end of the promise, before it was missed.
    case cancelled
}

extension SLATimer {
    /// The outcome as far as thresholds were passed. A timer whose ``breachAt`` has come, but which no scheduler has looked at, still says `running`.
    public var outcome: SLATimerOutcome {
        if isBreached { return .breached }
        if cancellation != nil { return .cancelled }
        return endedAt == nil ? .running : .met
    }

    /// When the target in force last was missed; nil where it was not.
    public var missedAt: Timestamp? {
        isBreached ? fired.last { $0.threshold == .breach && $0.targetVersion == targetVersion }?.at : nil
    }

    /// The instant under which reports count the timer: when the target was missed, however late that was recorded; when it was stopped or cancelled,
    /// be it because its promise ended; while it runs, when it began.
    public var countedAt: Timestamp {
        switch outcome {
        case .breached: missedAt ?? endedAt ?? startedAt
        case .met: endedAt ?? startedAt
        case .cancelled: lapsedAt ?? endedAt ?? startedAt
        case .running: startedAt
        }
    }
}
