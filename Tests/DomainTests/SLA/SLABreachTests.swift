import Domain
import Testing

/// What missed targets cost: their size, the policy version they count under, and the band (features.md A5.8).
@Suite struct SLABreachTests {
    private static let bands = [
        SLAPenaltyBand(metric: .resolution, overSeconds: 0, amount: 10_000, currency: "CNY"),
        SLAPenaltyBand(metric: .resolution, overSeconds: 3_600, amount: 25_000, currency: "CNY"),
        SLAPenaltyBand(metric: .resolution, overSeconds: 8 * 3_600, amount: 100_000, currency: "CNY"),
        SLAPenaltyBand(metric: .firstResponse, overSeconds: 60, amount: 500, currency: "EUR"),
    ]

    private static func policy(hours: Int64 = 8) -> SLAPolicyDefinition {
        var policy = SLAScene.resolution(hours: hours)
        policy.penalties = bands
        return policy
    }

    /// A ticket of Monday 09:00 with 8 h, solved at a time; the history only, as a ledger of penalties sees it.
    private static func history(solvedAt: String?, _ more: (String, SLASignal.Kind)...) throws -> [SLASignal] {
        var rows: [(String, SLASignal.Kind)] = [
            ("2024-03-04 09:00", .created(by: .customer)), ("2024-03-04 09:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar)),
        ]
        rows += more
        if let solvedAt { rows.append((solvedAt, .stateEntered(.solved))) }
        return try rows.map { SLASignal(at: try Fixtures.at($0.0), $0.1) }
    }

    struct Overrun: Sendable, CustomTestStringConvertible {
        let solved: String
        let overrun: Int64
        let amount: Int64?
        init(_ solved: String, _ overrun: Int64, _ amount: Int64?) {
            self.solved = solved
            self.overrun = overrun
            self.amount = amount
        }
        var testDescription: String { solved }
    }

    @Test(arguments: [
        Overrun("2024-03-05 09:00", 0, nil), Overrun("2024-03-05 09:30", 30 * minute, 10_000), Overrun("2024-03-05 10:00", hour, 10_000),
        Overrun("2024-03-05 10:01", 61 * minute, 25_000), Overrun("2024-03-06 08:00", 8 * hour, 25_000),
        Overrun("2024-03-06 12:00", 11 * hour, 100_000),
    ])
    func threeBandsByOpenTime(_ row: Overrun) throws {
        let scene = try SLAScene(Self.policy())
        let breaches = try scene.engine.breaches(Self.history(solvedAt: row.solved), now: Fixtures.at("2024-04-01 00:00"))
        guard let amount = row.amount else {
            #expect(breaches == [])
            return
        }
        let breach = try #require(breaches.first)
        #expect(breaches.count == 1 && breach.overrun == row.overrun)
        #expect(try breach.breachedAt == Fixtures.at("2024-03-05 09:00") && breach.endedAt == Fixtures.at(row.solved))
        #expect(Self.policy().penalty(for: .resolution, overrun: breach.overrun)?.amount == amount)
    }

    @Test func aBreachGrowsWhileItLastsAndKeepsItsSizeAfterwards() throws {
        let engine = try SLAScene(Self.policy()).engine
        let open = try Self.history(solvedAt: nil)
        func overrun(_ now: String) throws -> Int64? { try engine.breaches(open, now: Fixtures.at(now)).first?.overrun }
        #expect(try overrun("2024-03-05 08:59") == nil)
        #expect(try overrun("2024-03-05 09:00") == 0)
        #expect(try overrun("2024-03-05 17:00") == 8 * hour && overrun("2024-03-06 00:00") == 8 * hour)
        let solved = try Self.history(solvedAt: "2024-03-05 11:00")
        let later = try [
            engine.breaches(solved, now: Fixtures.at("2024-03-05 11:00")), engine.breaches(solved, now: Fixtures.at("2025-03-05 11:00")),
        ]
        #expect(later[0] == later[1] && later[0].first?.overrun == 2 * hour)
    }

    @Test func reopeningLetsTheSameBreachGrowAgain() throws {
        let engine = try SLAScene(Self.policy()).engine
        let history = try Self.history(
            solvedAt: "2024-03-06 12:00",
            ("2024-03-05 10:00", .stateEntered(.solved)),
            ("2024-03-06 10:00", .stateEntered(.open))
        )
        let breach = try #require(try engine.breaches(history, now: Fixtures.at("2024-03-08 00:00")).first)
        #expect(breach.overrun == 3 * hour)
        #expect(try breach.endedAt == Fixtures.at("2024-03-06 12:00"))
    }

    @Test func aBreachStaysUnderThePolicyVersionThatWasInForce() throws {
        var laxer = Self.policy(hours: 16)
        laxer.penalties = [SLAPenaltyBand(metric: .resolution, overSeconds: 0, amount: 1, currency: "CNY")]
        let engine = try SLAScene(Self.policy(), laxer).engine
        // Missed on Tuesday 09:00 under version 1; on Tuesday 11:00 version 2 gives 16 h, which are used up on Wednesday 09:00.
        let change = ("2024-03-05 11:00", SLASignal.Kind.policyChanged(SLAScene.policy(2), calendar: SLAScene.calendar))
        let history = try Self.history(solvedAt: "2024-03-06 10:00", change)
        let breaches = try engine.breaches(history, now: Fixtures.at("2024-04-01 00:00"))
        #expect(breaches.map(\.policy) == [SLAScene.policy(1), SLAScene.policy(2)])
        #expect(breaches.map(\.targetVersion) == [1, 2])
        #expect(breaches.map(\.overrun) == [2 * hour, hour])
        #expect(try breaches.map(\.endedAt) == [Fixtures.at("2024-03-05 11:00"), Fixtures.at("2024-03-06 10:00")])
        // The same target in a new version: one breach, under the version that was in force when it came.
        let same = try SLAScene(Self.policy(), Self.policy()).engine
        let kept = try same.breaches(history, now: Fixtures.at("2024-04-01 00:00"))
        #expect(kept.map(\.policy) == [SLAScene.policy(1)] && kept.map(\.overrun) == [9 * hour])
    }

    @Test func aWithdrawnPromiseEndsTheBreach() throws {
        let engine = try SLAScene(Self.policy()).engine
        let history = try Self.history(solvedAt: "2024-03-06 10:00", ("2024-03-05 11:00", .policyChanged(nil, calendar: nil)))
        let breach = try #require(try engine.breaches(history, now: Fixtures.at("2024-04-01 00:00")).first)
        #expect(try breach.overrun == 2 * hour && breach.endedAt == Fixtures.at("2024-03-05 11:00"))
    }

    @Test func bandsHoldForTheirMetricAndTheLargestWins() {
        let policy = Self.policy()
        #expect(policy.penalty(for: .firstResponse, overrun: 60_000_000) == nil)
        #expect(policy.penalty(for: .firstResponse, overrun: 60_000_001)?.currency == "EUR")
        #expect(policy.penalty(for: .agentWork, overrun: .max) == nil)
        #expect(policy.penalty(for: .resolution, overrun: .max)?.amount == 100_000)
    }

    /// Random histories: the breaches are those that were fired, whenever the scheduler came by, and their size is what the ledger's clocks say.
    @Test func breachesAreTheFiredOnesForRandomHistories() throws {
        let calendars = try RandomCalendars(seed: 3)
        var count = 0
        for seed in 0..<2_000 {
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars)
            let engine = SLAEngine(context: history.context)
            let signals = history.changes.flatMap { $0 }
            var (ledger, firings) = try engine.replay(signals)
            firings += ledger.fire(now: history.end)
            let breaches = try engine.breaches(signals, now: history.end)
            count += breaches.count
            var replay = SLABreachReplay(engine: engine)
            let size = 1 + seed % 7
            for start in stride(from: 0, to: signals.count, by: size) { try replay.follow(Array(signals[start..<min(signals.count, start + size)])) }
            #expect(try replay.breaches(now: history.end) == breaches, "seed \(seed), in pieces")
            let fired = Set(firings.filter { $0.threshold == .breach }.map { "\($0.metric) \($0.instance) \($0.targetVersion) \($0.scheduledFor)" })
            let found = Set(breaches.map { "\($0.metric) \($0.instance) \($0.targetVersion) \($0.breachedAt)" })
            #expect(fired == found && found.count == breaches.count, "seed \(seed)")
            for breach in breaches {
                let timer = try #require(ledger.timers.first { $0.metric == breach.metric && $0.instance == breach.instance })
                guard timer.targetVersion == breach.targetVersion, !timer.isLapsed, let promise = timer.promise else { continue }
                #expect(try breach.overrun == max(0, engine.consumed(timer, at: history.end) - promise.target), "seed \(seed)")
                #expect(breach.endedAt == timer.endedAt, "seed \(seed)")
            }
        }
        #expect(count > 500)
    }
}
