extension SLAEngine {
    /// Every target that a ticket missed, in the order of the misses, with how far it was missed (features.md A5.8).
    ///
    /// A pure function of the ticket's history and the time: computing it again gives the same, and a breach that is over keeps its size. A breach keeps
    /// the policy version that was in force when it came.
    ///
    /// - Parameters:
    ///   - signals: all of the ticket's.
    ///   - now: the database's time.
    /// - Throws: ``SLAError``.
    public func breaches(_ signals: [SLASignal], now: Timestamp) throws(SLAError) -> [SLABreach] {
        var replay = SLABreachReplay(engine: self)
        try replay.follow(signals)
        return try replay.breaches(now: now)
    }
}

/// ``SLAEngine/breaches(_:now:)`` piece by piece, for histories that are too long to be held as a whole.
public struct SLABreachReplay: Sendable {
    private var fold: BreachFold
    /// Those of the last instant so far: the next piece may have more of it.
    private var held: [SLASignal] = []

    public init(engine: SLAEngine) {
        fold = BreachFold(engine: engine)
    }

    /// Goes on with further signals, none of which lies before those of earlier calls.
    ///
    /// - Throws: ``SLAError``.
    public mutating func follow(_ signals: [SLASignal]) throws(SLAError) {
        guard let last = signals.map(\.at).max() else { return }
        let all = held + signals
        try fold.follow(all.filter { $0.at < last })
        held = all.filter { $0.at >= last }
    }

    /// Every target that was missed by a time, as ``SLAEngine/breaches(_:now:)`` tells it.
    ///
    /// - Throws: ``SLAError``.
    public func breaches(now: Timestamp) throws(SLAError) -> [SLABreach] {
        var fold = fold
        try fold.follow(held)
        return try fold.finish(now: now)
    }
}

/// The ledger of one ticket, with what was missed so far.
private struct BreachFold {
    struct Key: Hashable {
        let metric: SLAMetric
        let instance: Int
        let targetVersion: Int
    }

    let engine: SLAEngine
    var ledger = SLALedger()
    var past = SLAPast()
    var breaches: [Key: SLABreach] = [:]

    init(engine: SLAEngine) {
        self.engine = engine
    }

    mutating func follow(_ signals: [SLASignal]) throws(SLAError) {
        let ordered = signals.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        var start = ordered.startIndex
        while start < ordered.endIndex {
            let time = ordered[start].at
            let end = ordered[start...].firstIndex { $0.at != time } ?? ordered.endIndex
            try apply(Array(ordered[start..<end]), at: time)
            start = end
        }
    }

    private mutating func apply(_ signals: [SLASignal], at time: Timestamp) throws(SLAError) {
        // What fell due before these signals belongs to the promises that they find.
        let before = ledger
        let firings = try engine.apply(signals, to: &ledger, past: &past)
        for firing in firings where firing.threshold == .breach {
            let earlier = before.timers.first { $0.metric == firing.metric && $0.instance == firing.instance }
            let isEarlier = firing.scheduledFor < time && earlier?.targetVersion == firing.targetVersion
            record(firing, in: isEarlier ? before : ledger)
        }
        for timer in before.timers where timer.isPromising {
            let key = Key(metric: timer.metric, instance: timer.instance, targetVersion: timer.targetVersion)
            guard breaches[key] != nil, let promise = timer.promise else { continue }
            let after = ledger.timers.first { $0.metric == timer.metric && $0.instance == timer.instance }
            // The target was replaced or withdrawn: what was missed of it is settled.
            guard after?.targetVersion != timer.targetVersion || after?.isLapsed == true else { continue }
            breaches[key]?.endedAt = timer.endedAt ?? time
            breaches[key]?.overrun = max(0, try engine.consumed(timer, at: time) - promise.target)
        }
    }

    mutating func finish(now: Timestamp) throws(SLAError) -> [SLABreach] {
        for firing in ledger.fire(now: now) where firing.threshold == .breach {
            record(firing, in: ledger)
        }
        for timer in ledger.timers where timer.isPromising {
            let key = Key(metric: timer.metric, instance: timer.instance, targetVersion: timer.targetVersion)
            guard breaches[key] != nil, let promise = timer.promise else { continue }
            breaches[key]?.endedAt = timer.endedAt
            breaches[key]?.overrun = max(0, try engine.consumed(timer, at: now) - promise.target)
        }
        for key in breaches.keys {
            let timer = ledger.timers.first { $0.metric == key.metric && $0.instance == key.instance }
            breaches[key]?.isSettled = timer?.mayBreach(key.targetVersion, isFinished: ledger.facts.isFinished) != true
        }
        return breaches.values.sorted {
            ($0.breachedAt, $0.metric.rawValue, $0.instance, $0.targetVersion) < ($1.breachedAt, $1.metric.rawValue, $1.instance, $1.targetVersion)
        }
    }

    private mutating func record(_ firing: SLAFiring, in ledger: SLALedger) {
        let timer = ledger.timers.first { $0.metric == firing.metric && $0.instance == firing.instance }
        guard let promise = timer?.promise else { return }
        let key = Key(metric: firing.metric, instance: firing.instance, targetVersion: firing.targetVersion)
        breaches[key] = SLABreach(
            metric: firing.metric,
            instance: firing.instance,
            targetVersion: firing.targetVersion,
            policy: promise.policy,
            breachedAt: firing.scheduledFor,
            endedAt: nil,
            overrun: 0,
            isSuppressed: firing.isSuppressed,
            organization: ledger.facts.organization(at: firing.scheduledFor)
        )
    }
}

extension SLATimer {
    fileprivate var isPromising: Bool { promise != nil && !isLapsed }

    /// Whether the clock runs, or may run again, towards a target. One that adds up goes on when its ticket is reopened, one that was withdrawn when a policy
    /// promises it again.
    fileprivate func mayBreach(_ version: Int, isFinished: Bool) -> Bool {
        version == targetVersion && (endedAt == nil || metric.isCumulative && !isFinished)
    }
}
