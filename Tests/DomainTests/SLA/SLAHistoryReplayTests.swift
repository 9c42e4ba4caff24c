import Domain
import Testing

/// A history in pieces gives what the whole of it does.
@Suite struct SLAHistoryReplayTests {
    @Test("Wherever a history is cut, also within an instant, its ledger and its past are those of the whole")
    func pieces() throws {
        var calendars = try RandomCalendars(seed: 0)
        for seed in 0..<400 {
            if seed % 50 == 0 { calendars = try RandomCalendars(seed: seed) }
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars, changes: 2...60)
            let engine = SLAEngine(context: history.context)
            let signals = history.changes.flatMap { $0 }
            var random = SplitMix(seed: UInt64(seed))
            var replay = SLAHistoryReplay(engine: engine)
            var start = 0
            while start < signals.count {
                let end = min(signals.count, start + Int.random(in: 0...9, using: &random))
                try replay.follow(Array(signals[start..<end]))
                start = end
            }
            let (ledger, past) = try replay.ended()
            #expect(try ledger.shortened() == engine.replay(signals).ledger.shortened(), "seed \(seed)")
            #expect(try past == engine.past(of: signals), "seed \(seed)")
        }
    }

    @Test("What lies before an earlier piece is refused, and nothing gives nothing")
    func order() throws {
        let (early, late) = (try Fixtures.at("2024-03-04 08:00"), try Fixtures.at("2024-03-04 09:00"))
        var replay = SLAHistoryReplay(engine: SLAEngine(context: SLAContext()))
        #expect(try replay.ended().ledger == SLALedger())
        try replay.follow([SLASignal(at: early, .created(by: .customer, importedAt: nil)), SLASignal(at: late, .customerMessage)])
        try replay.follow([SLASignal(at: late.adding(microseconds: 1), .customerMessage)])
        #expect(throws: SLAError.outOfOrder) {
            try replay.follow([SLASignal(at: early, .customerMessage), SLASignal(at: late.adding(microseconds: 2), .customerMessage)])
        }
    }
}
