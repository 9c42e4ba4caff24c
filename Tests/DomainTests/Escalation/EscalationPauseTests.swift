import Domain
import Testing

/// Runs whose timer is paused while nobody looks: lateness changes nothing (sla.md, Timers, "Scheduler down"; Escalation chains, rules 2, 4 and 6).
@Suite struct EscalationPauseTests {
    /// Monday, 11:00 in Berlin.
    private static let start = Timestamp(microseconds: 1_709_546_400_000_000)

    private static func at(_ minutes: Int64) -> Timestamp { start.adding(microseconds: minutes * minute) }

    private static func run(_ timeouts: [Int64], repeats: Int = 0, ttl: Int64? = nil) throws -> EscalationRun {
        let levels = timeouts.map { EscalationLevel(targets: [.supervisor], timeout: $0 * 60) }
        return try EscalationRun(
            chain: EscalationChain(version: 1, levels: levels, repeats: repeats, acknowledgementTTL: ttl.map { $0 * 60 }),
            trigger: .breach,
            at: start
        )
    }

    private func told(_ firings: [EscalationFiring]) -> [String] {
        firings.map { "\($0.scheduledFor.microseconds(since: Self.start) / minute) \($0.round).\($0.level) \($0.outcome.rawValue)" }
    }

    @Test("What was overdue at the pause fires while it lasts; the next level keeps what was left of its wait")
    func overdueAtThePause() throws {
        var run = try Self.run([30, 60, 60])
        run.hold(at: Self.at(40), calendar: nil)
        #expect(run.isHeld && run.nextFireAt == Self.at(0))
        #expect(told(run.upcoming(calendar: nil)) == ["0 0.0 fired", "30 0.1 fired"])
        let overdue = run.fire(now: Self.at(500), calendar: nil) { _ in true }
        #expect(told(overdue) == ["0 0.0 fired", "30 0.1 fired"] && overdue.allSatisfy(\.isLate))
        #expect(run.isHeld && run.nextFireAt == nil)
        run.resume(at: Self.at(510), calendar: nil)
        #expect(run.nextFireAt == Self.at(560))
    }

    @Test("Pauses that are over before anybody looks put off what comes behind them, and nothing before")
    func pausesBetween() throws {
        var run = try Self.run([30, 60, 60])
        for (since, until) in [(40, 50), (50, 60), (100, 100), (130, 190)] as [(Int64, Int64)] {
            run.hold(at: Self.at(since), calendar: nil)
            run.resume(at: Self.at(until), calendar: nil)
        }
        #expect(try JSON.roundTrip(run) == run && !run.isHeld)
        let firings = run.fire(now: Self.at(1_000), calendar: nil) { _ in true }
        #expect(told(firings) == ["0 0.0 fired", "30 0.1 fired", "110 0.2 fired", "230 0.2 exhausted"])
    }

    @Test("An acknowledgement during a pause stops what was overdue, and has its whole TTL left when the run goes on")
    func acknowledged() throws {
        var run = try Self.run([30, 60, 60], ttl: 60)
        run.hold(at: Self.at(40), calendar: nil)
        run.acknowledge(at: Self.at(45))
        #expect(run.nextFireAt == nil && run.isHeld)
        run.resume(at: Self.at(100), calendar: nil)
        #expect(run.nextFireAt == Self.at(160) && !run.isHeld)
        let firings = run.fire(now: Self.at(170), calendar: nil) { _ in true }
        #expect(told(firings) == ["160 0.0 fired"])
    }

    @Test("A threshold that waited for overdue steps is answered while the run is held")
    func callsAreAnswered() throws {
        var run = try Self.run([30, 60])
        let answer = run.answer(EscalationRun.Call(.breach, at: Self.at(10)))
        #expect(answer == .later)
        run.hold(at: Self.at(20), calendar: nil)
        _ = run.fire(now: Self.at(500), calendar: nil) { _ in true }
        #expect(run.nextCall?.at == Self.at(10))
        let further = run.answerNextCall()
        #expect(further == nil && run.nextCall == nil && run.isHeld)
    }

    /// A random chain with random pauses on a grid on which steps and pauses often coincide.
    private struct Scene {
        var run: EscalationRun
        var pauses: [(since: Timestamp, until: Timestamp?)] = []
        /// When somebody looks at the run whose timer is paused in silence.
        var looks: [Timestamp] = []
        let end: Timestamp

        init(seed: UInt64) throws {
            var random = SplitMix(seed: seed)
            let levels = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                EscalationLevel(
                    targets: [Int.random(in: 0..<3, using: &random) == 0 ? .manager : .supervisor],
                    timeout: Int64.random(in: 1...9, using: &random) * 600,
                    mode: Int.random(in: 0..<3, using: &random) == 0 ? .business : .wall,
                    condition: Bool.random(using: &random) ? .notAcknowledged : .notResolved
                )
            }
            let chain = EscalationChain(version: 1, levels: levels, repeats: Int.random(in: 0...2, using: &random))
            run = try EscalationRun(chain: chain, trigger: .breach, at: EscalationPauseTests.start)
            var time: Int64 = 0
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let since = time + Int64.random(in: 0...12, using: &random) * 10
                let until = since + Int64.random(in: 0...12, using: &random) * 10
                time = until
                pauses.append((EscalationPauseTests.at(since), EscalationPauseTests.at(until)))
            }
            if Bool.random(using: &random) { pauses[pauses.count - 1].until = nil }
            looks = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                EscalationPauseTests.at(Int64.random(in: 0...time + 10, using: &random))
            }
            end = EscalationPauseTests.at(time + Int64.random(in: 0...600, using: &random) * 10)
        }
    }

    @Test("Whoever looks late at a run with pauses finds what was found in time")
    func property() throws {
        let calendar = try Fixtures.berlin()
        func hasPeople(_ level: EscalationLevel) -> Bool { level.targets == [.supervisor] }
        var pausedWithOverdue = 0
        for seed in 0..<3_000 {
            let scene = try Scene(seed: UInt64(seed))
            var (onTime, late) = (scene.run, scene.run)
            var (expected, found): ([EscalationFiring], [EscalationFiring]) = ([], [])
            func fire(_ run: inout EscalationRun, _ time: Timestamp) throws -> [EscalationFiring] {
                run.fire(now: time, calendar: calendar, lateAfter: .max, hasPeople: hasPeople)
            }
            var last = Self.start
            func look(before time: Timestamp) throws {
                for look in scene.looks.sorted() where last <= look && look < time { found += try fire(&late, look) }
                last = max(last, time)
            }
            for pause in scene.pauses {
                expected += try fire(&onTime, pause.since.adding(microseconds: -1))
                try look(before: pause.since)
                pausedWithOverdue += late.nextFireAt.map { $0 < pause.since } ?? false ? 1 : 0
                onTime.hold(at: pause.since, calendar: calendar)
                late.hold(at: pause.since, calendar: calendar)
                guard let until = pause.until else { continue }
                expected += try fire(&onTime, until.adding(microseconds: -1))
                try look(before: until)
                onTime.resume(at: until, calendar: calendar)
                late.resume(at: until, calendar: calendar)
            }
            expected += try fire(&onTime, scene.end)
            found += try fire(&late, scene.end)
            #expect(told(found) == told(expected), "seed \(seed)")
            #expect(late == onTime, "seed \(seed)")
        }
        #expect(pausedWithOverdue > 1_000)
    }
}
