import Domain
import Glibc
import Testing

/// "Replaying the events must give the stored row" (sla.md, Timers): with the scheduler coming by at any time between, late, or never.
///
/// `DOCKET_REPLAY_CASES` sets the number of random histories; the default is 10,000.
@Suite struct SLAReplayTests {
    private static let slices = 8

    private static var cases: Int {
        getenv("DOCKET_REPLAY_CASES").flatMap { Int(String(cString: $0)) } ?? 10_000
    }

    private static func calendars() throws -> [CalendarReference: BusinessCalendar] {
        let night = CalendarDefinition(zone: "America/New_York", weekly: try Fixtures.hours("22:00-30:00"))
        let always = CalendarDefinition(zone: "Australia/Lord_Howe", alwaysOpen: true)
        let all = [try Fixtures.berlin(), try BusinessCalendar(night, zones: ZoneFiles()), try BusinessCalendar(always, zones: ZoneFiles())]
        return Dictionary(
            uniqueKeysWithValues: all.enumerated().map { (CalendarReference(id: CalendarID(high: 5, low: UInt64($0)), version: 1), $1) }
        )
    }

    @Test(arguments: 0..<slices)
    func rebuiltEqualsStored(_ slice: Int) throws {
        let calendars = try SLAReplayTests.calendars()
        var fired = 0
        for seed in stride(from: slice, to: SLAReplayTests.cases, by: SLAReplayTests.slices) {
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars)
            let engine = SLAEngine(context: history.context)
            var (rebuilt, expected) = try engine.replay(history.changes.flatMap { $0 })
            expected += rebuilt.fire(now: history.end)
            var (stored, firings) = try SLAReplayTests.live(history, engine, seed: UInt64(seed))
            firings += stored.fire(now: history.end)
            guard stored == rebuilt, firings == expected else {
                Issue.record("seed \(seed): the stored timers differ from the rebuilt ones")
                return
            }
            try SLAReplayTests.checkOnce(firings, seed)
            try SLAReplayTests.checkStates(stored, engine, now: history.end, seed)
            fired += firings.count
        }
        // Histories in which nothing ever fires would prove nothing.
        #expect(fired > SLAReplayTests.cases / SLAReplayTests.slices / 2)
    }

    /// Change after change, with a scheduler that looks at random times before the next change.
    private static func live(_ history: RandomHistory, _ engine: SLAEngine, seed: UInt64) throws -> (SLALedger, [SLAFiring]) {
        var random = SplitMix(seed: seed ^ 0xABCD)
        var ledger = SLALedger()
        var firings: [SLAFiring] = []
        for (index, change) in history.changes.enumerated() {
            firings += try engine.apply(change, to: &ledger)
            let next = index + 1 < history.changes.count ? history.changes[index + 1].first?.at ?? history.end : history.end
            let now = change.first?.at ?? next
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                firings += ledger.fire(now: Timestamp(microseconds: Int64.random(in: now.microseconds..<next.microseconds, using: &random)))
            }
        }
        return (ledger, firings)
    }

    private static func checkOnce(_ firings: [SLAFiring], _ seed: Int) throws {
        let keys = Set(firings.map { "\($0.metric) \($0.instance) \($0.threshold) \($0.targetVersion)" })
        #expect(keys.count == firings.count, "seed \(seed): a threshold fired twice")
        #expect(firings.map(\.scheduledFor) == firings.map(\.scheduledFor).sorted(), "seed \(seed): out of order")
    }

    /// "Breach iff consumed > target", and what runs says when it will be due.
    private static func checkStates(_ ledger: SLALedger, _ engine: SLAEngine, now: Timestamp, _ seed: Int) throws {
        for timer in ledger.promised {
            guard let promise = timer.promise, timer.state != .cancelled else { continue }
            let consumed = try engine.consumed(timer, at: now)
            let comment: Comment = "seed \(seed): \(timer.metric) \(timer.instance) is \(timer.state) with \(consumed) of \(promise.target)"
            switch timer.state {
            case .met: #expect(consumed <= promise.target, comment)
            case .breachedMet: #expect(consumed > promise.target, comment)
            case .breachedRunning: #expect(consumed >= promise.target, comment)
            case .running: #expect(timer.breachAt.map { $0 > now } ?? false, comment)
            case .paused, .cancelled: #expect(timer.dueAt == nil && timer.nextFireAt == nil, comment)
            }
        }
    }
}
