import Domain
import Glibc
import Testing

/// "Replaying the events must give the stored row" (sla.md, Timers): with the scheduler coming by at any time between, late, or never.
///
/// Random policies with all options, imports, and random calendars in zones with and without summer time, with windows over midnight, which are edited in the middle
/// of histories, at once or for later.
/// `DOCKET_REPLAY_CASES` sets the number of histories, 8,000 unless told; `DOCKET_REPLAY_SEED` where their seeds begin.
@Suite struct SLAReplayTests {
    private static let slices = 8

    private static var cases: Int {
        getenv("DOCKET_REPLAY_CASES").flatMap { Int(String(cString: $0)) } ?? 8_000
    }

    private static var firstSeed: Int {
        getenv("DOCKET_REPLAY_SEED").flatMap { Int(String(cString: $0)) } ?? 0
    }

    @Test(arguments: 0..<slices)
    func rebuiltEqualsStored(_ slice: Int) throws {
        var calendars = try RandomCalendars(seed: slice)
        var (fired, remeasured) = (0, 0)
        for (index, seed) in stride(from: slice, to: SLAReplayTests.cases, by: SLAReplayTests.slices).enumerated() {
            let seed = seed + SLAReplayTests.firstSeed
            if index % 200 == 0 { calendars = try RandomCalendars(seed: seed) }
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars)
            let engine = SLAEngine(context: history.context)
            var (rebuilt, expected) = try engine.replay(history.changes.flatMap { $0 })
            expected += rebuilt.fire(now: history.end)
            var (stored, recorded) = try SLAReplayTests.live(history, engine, seed: UInt64(seed))
            recorded += stored.fire(now: history.end).map { RecordedThreshold($0, at: history.end) }
            let firings = recorded.map(\.firing)
            guard stored.shortened() == rebuilt.shortened(), firings == expected.map(FiringKey.init) else {
                Issue.record("seed \(seed): the stored timers differ from the rebuilt ones")
                return
            }
            // What the ledger does not keep is what the history gives: each clock that was reset in time was met, once.
            let timers = stored.promised(completedBy: rebuilt)
            guard Set(timers) == Set(rebuilt.promised), timers.count == rebuilt.promised.count else {
                Issue.record("seed \(seed): a timer is lost, or there twice")
                return
            }
            let audit = SLAOutcomeAudit(timers: timers, recorded: recorded, now: history.end, tolerance: 0)
            if !audit.isFine { Issue.record("seed \(seed): \(audit.faults)") }
            try SLAReplayTests.checkStates(stored, engine, now: history.end, isEdited: history.remeasurements > 0, seed)
            fired += firings.count
            remeasured += history.remeasurements
        }
        // Histories in which nothing ever fires would prove nothing, nor would those in which no calendar is edited.
        #expect(remeasured > SLAReplayTests.cases / SLAReplayTests.slices / 10)
        #expect(fired > SLAReplayTests.cases / SLAReplayTests.slices / 2)
    }

    @Test("A ledger that leaves out what is long over is still the history's (decision 0022)")
    func longHistories() throws {
        var shortened = 0
        let calendars = try RandomCalendars(seed: SLAReplayTests.firstSeed)
        for seed in 0..<60 {
            let seed = UInt64(seed + SLAReplayTests.firstSeed)
            let history = RandomHistory(seed: seed, calendars: calendars, changes: 100...400)
            let engine = SLAEngine(context: history.context)
            var (rebuilt, expected) = try engine.replay(history.changes.flatMap { $0 })
            expected += rebuilt.fire(now: history.end)
            var (stored, recorded) = try SLAReplayTests.live(history, engine, seed: seed)
            recorded += stored.fire(now: history.end).map { RecordedThreshold($0, at: history.end) }
            #expect(stored.shortened() == rebuilt.shortened(), "seed \(seed): the stored timers differ from the rebuilt ones")
            #expect(recorded.map(\.firing) == expected.map(FiringKey.init), "seed \(seed): other thresholds were passed")
            #expect(Set(stored.promised(completedBy: rebuilt)) == Set(rebuilt.promised), "seed \(seed): a timer is lost")
            #expect(stored.timers.count <= SLALedger.maximumSuperseded + 2 * SLAMetric.allCases.count, "seed \(seed)")
            if rebuilt.timers.count > stored.timers.count { shortened += 1 }
        }
        // Histories that leave nothing out would prove nothing.
        #expect(shortened >= 5)
    }

    @Test("A calendar's next version counts what was before it as it was counted (decision 0025, 0026)")
    func versionsKeepThePast() throws {
        var random = SplitMix(seed: UInt64(SLAReplayTests.firstSeed))
        var edits = 0
        for seed in 0..<20 {
            let calendars = try RandomCalendars(seed: seed + SLAReplayTests.firstSeed)
            for versions in calendars.published.values {
                for (before, after) in zip(versions, versions.dropFirst()) {
                    let (old, new) = (try #require(calendars.all[before.reference]), try #require(calendars.all[after.reference]))
                    for _ in 0..<20 {
                        let start = after.at.adding(microseconds: -Int64.random(in: 0...8_000_000_000_000, using: &random))
                        let (left, right) = (try old.elapsed(from: start, to: after.at), try new.elapsed(from: start, to: after.at))
                        #expect(left == right, "seed \(seed): \(after.reference) counts otherwise before it was published")
                    }
                    edits += 1
                }
            }
        }
        #expect(edits > 50)
    }

    /// Change after change, with a scheduler that looks at random times before the next change.
    private static func live(_ history: RandomHistory, _ engine: SLAEngine, seed: UInt64) throws -> (SLALedger, [RecordedThreshold]) {
        var random = SplitMix(seed: seed ^ 0xABCD)
        var ledger = SLALedger()
        var recorded: [RecordedThreshold] = []
        for (index, change) in history.changes.enumerated() {
            let now = history.times[index]
            // As whoever merges tickets does: only then the history is read.
            let asks = change.contains(where: \.asksForPast)
            var past = asks ? try engine.past(of: history.changes[..<index].flatMap { $0 }) : SLAPast()
            recorded += try engine.apply(change, to: &ledger, past: &past).map { RecordedThreshold($0, at: now) }
            let next = index + 1 < history.times.count ? history.times[index + 1] : history.end
            var looks = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                Timestamp(microseconds: Int64.random(in: now.microseconds..<next.microseconds, using: &random))
            }
            looks.sort()
            for look in looks { recorded += ledger.fire(now: look).map { RecordedThreshold($0, at: look) } }
        }
        return (ledger, recorded)
    }

    /// "Breach iff consumed > target", and what runs says when it will be due. A clock that was missed before a newer version of its calendar reached it stays missed, though by
    /// that version it may not have been yet: what was fired is never unfired (decision 0025).
    private static func checkStates(_ ledger: SLALedger, _ engine: SLAEngine, now: Timestamp, isEdited: Bool, _ seed: Int) throws {
        for timer in ledger.promised {
            guard let promise = timer.promise, timer.state != .cancelled else { continue }
            let consumed = try engine.consumed(timer, at: now)
            let comment: Comment = "seed \(seed): \(timer.metric) \(timer.instance) is \(timer.state) with \(consumed) of \(promise.target)"
            switch timer.state {
            case .met: #expect(consumed <= promise.target, comment)
            case .breachedMet: #expect(consumed > promise.target || isEdited, comment)
            case .breachedRunning: #expect(consumed >= promise.target || isEdited, comment)
            case .running: #expect(timer.breachAt.map { $0 > now } ?? false, comment)
            case .paused, .cancelled: #expect(timer.dueAt == nil && timer.nextFireAt == nil, comment)
            }
        }
    }
}

/// What of a firing is recorded.
private struct FiringKey: Hashable {
    let metric: SLAMetric
    let instance: Int
    let threshold: SLAThreshold
    let targetVersion: Int
    let scheduledFor: Timestamp

    init(_ firing: SLAFiring) {
        metric = firing.metric
        instance = firing.instance
        threshold = firing.threshold
        targetVersion = firing.targetVersion
        scheduledFor = firing.scheduledFor
    }

    init(_ record: RecordedThreshold) {
        metric = record.metric
        instance = record.instance
        threshold = record.threshold
        targetVersion = record.targetVersion
        scheduledFor = record.scheduledFor
    }
}

extension RecordedThreshold {
    fileprivate init(_ firing: SLAFiring, at time: Timestamp) {
        self.init(
            metric: firing.metric,
            instance: firing.instance,
            threshold: firing.threshold,
            targetVersion: firing.targetVersion,
            scheduledFor: firing.scheduledFor,
            recordedAt: time
        )
    }

    fileprivate var firing: FiringKey { FiringKey(self) }
}
