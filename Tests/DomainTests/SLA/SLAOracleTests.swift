import Domain
import Testing

/// The engine against an oracle that counts minute by minute (``SLAOracle``): a rule that is wrong in the engine is wrong in a replay, too, and only somebody else notices.
@Suite struct SLAOracleTests {
    private static let policy = SLAPolicyReference(id: SLAPolicyID(high: 9, low: 1), version: 1)
    /// Thursday 7 March 2024, 00:00 UTC, in minutes since 1970.
    private static let start = 19_789 * 1_440

    private static func calendars() throws -> [CalendarReference: BusinessCalendar] {
        let day = CalendarDefinition(
            zone: "UTC",
            weekly: try Fixtures.hours("09:00-12:00", "13:00-17:00"),
            closures: [try Fixtures.closed("2024-03-11")],
            openings: [try Fixtures.date("2024-03-09"): [try Fixtures.interval("10:00-14:00")]]
        )
        let night = CalendarDefinition(zone: "UTC", weekly: try Fixtures.hours("22:00-30:00"))
        return [reference(.day): try BusinessCalendar(day, zones: ZoneFiles()), reference(.night): try BusinessCalendar(night, zones: ZoneFiles())]
    }

    private static func reference(_ hours: SLAOracle.Hours) -> CalendarReference {
        CalendarReference(id: CalendarID(high: 8, low: UInt64(hours.rawValue)), version: 1)
    }

    private static func at(_ minute: Int) -> Timestamp { Timestamp(microseconds: Int64(minute) * 60_000_000) }

    /// A ticket over a week: its policy, and what happens to it.
    private struct Case {
        let targets: [Priority: Int]
        let pauses: [SLAMetric: StateCategory]
        var events: [Int: [SLAOracle.Event]] = [:]
        let from: Int
        let through: Int

        init(seed: UInt64) {
            var random = SplitMix(seed: seed)
            let choices = [60, 120, 180, 240, 420, 480]
            targets = Dictionary(uniqueKeysWithValues: Priority.allCases.map { ($0, choices.randomElement(using: &random) ?? 60) })
            pauses = [.resolution: .pending, .nextResponse: Bool.random(using: &random) ? .hold : .pending]
            from = SLAOracleTests.start + Int.random(in: 0..<192, using: &random) * 30
            through = from + 7 * 1_440
            var minute = from
            for _ in 0..<Int.random(in: 3...16, using: &random) {
                // Mostly on half hours: what happens then meets the ends of hours and targets.
                let isRound = Int.random(in: 0..<4, using: &random) > 0
                minute += isRound ? Int.random(in: 0...24, using: &random) * 30 : Int.random(in: 1...700, using: &random)
                guard minute < through else { break }
                let event = Case.event(at: minute, using: &random)
                let present = events[minute] ?? []
                if !present.contains(where: { $0.kind == event.kind }) { events[minute] = present + [event] }
            }
        }

        private static func event(at minute: Int, using random: inout SplitMix) -> SLAOracle.Event {
            switch Int.random(in: 0..<13, using: &random) {
            case 0...1: .reply
            case 2...3: .message
            case 4...8: .state([.open, .open, .pending, .pending, .hold, .solved].randomElement(using: &random) ?? .open)
            case 9...10: .priority(Priority.allCases.randomElement(using: &random) ?? .p3)
            case 11: .merge(since: minute - Int.random(in: 0...48, using: &random) * 30)
            default: .hours(SLAOracle.Hours.allCases.randomElement(using: &random) ?? .day)
            }
        }

        var definition: SLAPolicyDefinition {
            var definition = SLAPolicyDefinition(
                name: "P",
                targets: [SLAMetric.resolution, .nextResponse].flatMap { metric in
                    targets.map { SLATarget(metric: metric, priority: $0.key, seconds: Int64($0.value) * 60, mode: .business) }
                }
            )
            definition.warnings = [.percent(50)]
            definition.pauses = pauses.map { SLAPause($0.key, category: $0.value) }
            return definition
        }

        var signals: [SLASignal] {
            let created: [SLASignal.Kind] = [
                .created(by: .customer), .priorityChanged(.p3), .policyChanged(SLAOracleTests.policy, calendar: SLAOracleTests.reference(.day)),
            ]
            let later = events.sorted { $0.key < $1.key }.flatMap { minute, events in
                events.map { SLASignal(at: SLAOracleTests.at(minute), Case.kind(of: $0)) }
            }
            return created.map { SLASignal(at: SLAOracleTests.at(from), $0) } + later
        }

        private static func kind(of event: SLAOracle.Event) -> SLASignal.Kind {
            switch event {
            case .reply: .agentReply()
            case .message: .customerMessage
            case .state(let category): .stateEntered(category)
            case .priority(let priority): .priorityChanged(priority)
            case .merge(let minute): .absorbed(oldestUnanswered: SLAOracleTests.at(minute))
            case .hours(let hours): .policyChanged(SLAOracleTests.policy, calendar: SLAOracleTests.reference(hours))
            }
        }
    }

    @Test("What the engine counts, warns of and misses is what counting minute by minute gives")
    func enginesAgree() throws {
        let calendars = try Self.calendars()
        var (passed, putOff, leftOut) = (0, 0, 0)
        for seed in 0..<300 as Range<UInt64> {
            let sample = Case(seed: seed)
            try sample.definition.validate()
            let engine = SLAEngine(context: SLAContext(policies: [Self.policy: sample.definition], calendars: calendars))
            var (ledger, firings) = try engine.replay(sample.signals)
            let end = Self.at(sample.through)
            firings += ledger.fire(now: end)
            let oracle = SLAOracle(
                targets: sample.targets,
                pauses: sample.pauses,
                events: sample.events,
                from: sample.from,
                through: sample.through
            )
            let told = firings.map { firing in
                SLAOracle.Passed(
                    metric: firing.metric,
                    instance: firing.instance,
                    isBreach: firing.threshold == .breach,
                    version: firing.targetVersion,
                    minute: Int(firing.scheduledFor.microseconds / 60_000_000)
                )
            }
            #expect(Set(told) == Set(oracle.passed) && told.count == oracle.passed.count, "seed \(seed)")
            #expect(firings.allSatisfy { $0.scheduledFor.microseconds % 60_000_000 == 0 }, "seed \(seed)")
            #expect(ledger.promised.count == oracle.clocks.count, "seed \(seed)")
            for clock in oracle.clocks {
                let timer = try #require(ledger.promised.first { $0.metric == clock.metric && $0.instance == clock.instance })
                #expect(try engine.consumed(timer, at: end) == Int64(clock.counted) * minute, "seed \(seed): \(clock.metric) \(clock.instance)")
                #expect(timer.isBreached == clock.isMissed, "seed \(seed): \(clock.metric) \(clock.instance)")
                #expect((timer.endedAt != nil) == clock.isEnded, "seed \(seed): \(clock.metric) \(clock.instance)")
                #expect((timer.runningSince != nil) == clock.isRunning, "seed \(seed): \(clock.metric) \(clock.instance)")
            }
            passed += told.count
            putOff += oracle.putOff
            leftOut += oracle.leftOut
        }
        // Histories in which nothing is ever passed would prove nothing, nor would those in which no warning has to wait for open time, or no merge finds a pause.
        #expect(passed > 600 && putOff > 0 && leftOut > 1_000)
    }
}
