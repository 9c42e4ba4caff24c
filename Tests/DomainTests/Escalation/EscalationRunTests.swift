import Domain
import Testing

@Suite struct EscalationRunTests {
    private static let start = Timestamp(microseconds: 1_709_546_400_000_000)

    private static func level(
        _ minutes: Int64,
        _ condition: EscalationLevel.Condition = .notAcknowledged,
        mode: EscalationLevel.Mode = .wall
    ) -> EscalationLevel {
        EscalationLevel(targets: [.supervisor], timeout: minutes * 60, mode: mode, condition: condition)
    }

    private static func run(_ levels: [EscalationLevel], repeats: Int = 0, ttl: Int64? = nil) throws -> EscalationRun {
        let chain = EscalationChain(version: 1, levels: levels, repeats: repeats, acknowledgementTTL: ttl.map { $0 * 60 })
        return try EscalationRun(chain: chain, trigger: .breach, at: start)
    }

    private static func at(_ minutes: Int64) -> Timestamp { start.adding(microseconds: minutes * minute) }

    /// Minutes after the start, and what happened.
    private func told(_ firings: [EscalationFiring]) -> [String] {
        firings.map { "\($0.scheduledFor.microseconds(since: EscalationRunTests.start) / minute) \($0.round).\($0.level) \($0.outcome.rawValue)" }
    }

    private func fire(_ run: inout EscalationRun, _ minutes: Int64, empty: Set<Int64> = []) throws -> [EscalationFiring] {
        run.fire(now: EscalationRunTests.at(minutes), calendar: nil) { !empty.contains($0.timeout / 60) }
    }

    private static let full = ["0 0.0 fired", "30 0.1 fired", "90 0.2 fired", "150 1.0 fired", "180 1.1 fired", "240 1.2 fired", "300 1.2 exhausted"]

    @Test("Rule 2: levels at +0, +30, +90, +150, +180, +240, exhausted at +300")
    func scheduleOfTheSpecification() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        var firings: [EscalationFiring] = []
        while let next = run.nextFireAt {
            firings += run.fire(now: next, calendar: nil) { _ in true }
        }
        #expect(told(firings) == EscalationRunTests.full)
        #expect(firings.allSatisfy { !$0.isLate } && run.state == .exhausted)
        #expect(run.endedAt == EscalationRunTests.at(300))
    }

    @Test("Rule 2: lateness does not drift")
    func latenessDoesNotDrift() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        var firings: [EscalationFiring] = []
        var now: Int64 = 7
        while run.nextFireAt != nil {
            firings += try fire(&run, now)
            now += 47
        }
        #expect(told(firings) == EscalationRunTests.full)
    }

    @Test("Rule 6: overdue levels fire in order, marked late, once each")
    func overdueLevelsFireInOrderMarkedLateOnceEach() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        let firings = try fire(&run, 1_000)
        #expect(told(firings) == EscalationRunTests.full && firings.allSatisfy(\.isLate))
        #expect(try fire(&run, 2_000).isEmpty)
    }

    @Test("Rule 3: empty levels are skipped at once")
    func emptyLevelsAreSkippedAtOnce() throws {
        var run = try EscalationRunTests.run([30, 60, 45].map { EscalationRunTests.level($0) })
        let firings = try fire(&run, 1_000, empty: [60])
        #expect(told(firings) == ["0 0.0 fired", "30 0.1 skipped_empty", "30 0.2 fired", "135 0.2 exhausted"])
    }

    @Test("Rules 2 and 3: an empty level brings forward the next of its round, and nothing else (decision 0058)")
    func emptyLevelsBringForwardTheNextOnly() throws {
        var run = try EscalationRunTests.run([60, 30, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        #expect(
            told(try fire(&run, 1_000, empty: [60])) == [
                "0 0.0 skipped_empty", "0 0.1 fired", "90 0.2 skipped_empty", "150 1.0 skipped_empty", "150 1.1 fired", "240 1.2 skipped_empty",
                "300 1.2 exhausted",
            ]
        )
        var last = try EscalationRunTests.run([60, 30].map { EscalationRunTests.level($0) }, repeats: 1)
        #expect(
            told(try fire(&last, 1_000, empty: [30])) == [
                "0 0.0 fired", "60 0.1 skipped_empty", "90 1.0 fired", "150 1.1 skipped_empty", "180 1.1 exhausted",
            ]
        )
    }

    @Test("Rules 2 and 3: whoever is missing, a level fires at its own time or with the empty one before it, whenever somebody looks")
    func anyLevelsMayBeEmpty() throws {
        let timeouts: [Int64] = [10, 20, 30, 40]
        for empty in 0..<16 {
            let missing = Set(timeouts.indices.filter { empty & (1 << $0) != 0 }.map { timeouts[$0] })
            var expected: [String] = []
            for round in 0...2 {
                var (own, time) = (Int64(round * 100), Int64(round * 100))
                for (level, timeout) in timeouts.enumerated() {
                    if level == 0 || !missing.contains(timeouts[level - 1]) { time = own }
                    expected.append("\(time) \(round).\(level) \(missing.contains(timeout) ? "skipped_empty" : "fired")")
                    own += timeout
                }
                if round == 0, missing.count == timeouts.count { expected.append("0 0.3 fallback") }
            }
            expected.append("300 2.3 exhausted")
            for step in [7, 1_000] as [Int64] {
                var run = try EscalationRunTests.run(timeouts.map { EscalationRunTests.level($0) }, repeats: 2)
                var firings: [EscalationFiring] = []
                var now: Int64 = 0
                while run.nextFireAt != nil {
                    firings += try fire(&run, now, empty: missing)
                    #expect(try JSON.roundTrip(run) == run)
                    now += step
                }
                #expect(told(firings) == expected, "empty \(empty), every \(step)")
            }
        }
    }

    @Test("Rule 4: behind an empty level, too, a hold keeps what is left of the wait, an acknowledgement silences, and its TTL is kept")
    func heldAndAcknowledgedBehindAnEmptyLevel() throws {
        let levels = [60, 30, 45].map { EscalationRunTests.level($0) }
        var held = try EscalationRunTests.run(levels)
        #expect(told(try fire(&held, 0, empty: [60])) == ["0 0.0 skipped_empty", "0 0.1 fired"])
        held.hold(at: EscalationRunTests.at(10), calendar: nil)
        held.resume(at: EscalationRunTests.at(500), calendar: nil)
        #expect(told(try fire(&held, 1_000, empty: [60])) == ["580 0.2 fired", "625 0.2 exhausted"])
        var acknowledged = try EscalationRunTests.run(levels, ttl: 20)
        _ = try fire(&acknowledged, 0, empty: [60])
        acknowledged.acknowledge(at: EscalationRunTests.at(5))
        #expect(told(try fire(&acknowledged, 1_000, empty: [60])) == ["25 0.2 fired", "70 0.2 exhausted"])
        // Nobody is behind the level for the unresolved: the one that would fire with it is silenced, and resumes when the acknowledgement lapses.
        var silenced = try EscalationRunTests.run([EscalationRunTests.level(30), EscalationRunTests.level(60, .notResolved), levels[2]], ttl: 50)
        _ = try fire(&silenced, 0)
        silenced.acknowledge(at: EscalationRunTests.at(5))
        #expect(told(try fire(&silenced, 1_000, empty: [60])) == ["30 0.1 skipped_empty", "55 0.2 fired", "100 0.2 exhausted"])
    }

    @Test("Rule 2: an empty level's business time counts open time, whatever the next one counts; an edit of the calendar moves what waits for it")
    func emptyBusinessLevels() throws {
        let calendar = try Fixtures.berlin()
        let targets: [EscalationTarget] = [.manager]
        for mode in [EscalationLevel.Mode.business, .wall] {
            let levels = [
                EscalationLevel(targets: targets, timeout: 3_600, mode: .business),
                EscalationLevel(targets: [.supervisor], timeout: 1_800, mode: mode),
                EscalationLevel(targets: [.supervisor], timeout: 1_800),
            ]
            let chain = EscalationChain(version: 1, levels: levels)
            // Friday, half an hour before closing.
            var run = try EscalationRun(chain: chain, trigger: .breach, at: Fixtures.at("2024-03-01 16:30"))
            func fire(_ run: inout EscalationRun, _ time: String) throws -> [EscalationFiring] {
                try run.fire(now: Fixtures.at(time), calendar: calendar) { $0.targets != targets }
            }
            #expect(try fire(&run, "2024-03-01 16:30").map(\.outcome) == [.skippedEmpty, .fired])
            #expect(try run.nextFireAt == Fixtures.at("2024-03-04 10:00"))
            var held = run
            try held.hold(at: Fixtures.at("2024-03-01 16:40"), calendar: calendar)
            try held.resume(at: Fixtures.at("2024-03-04 12:00"), calendar: calendar)
            #expect(try held.nextFireAt == Fixtures.at("2024-03-04 13:20"))
            // Monday opens two hours later than it did.
            var definition = try Fixtures.berlinDefinition()
            definition.openings[try Fixtures.date("2024-03-04")] = [try Fixtures.interval("11:00-17:00")]
            run.recount(at: try Fixtures.at("2024-03-01 16:45"), calendar: try BusinessCalendar(definition, zones: ZoneFiles()))
            #expect(try run.nextFireAt == Fixtures.at("2024-03-04 12:00"))
        }
        // Closing ends the empty level's half hour: what is left of the next one's hour is plain time.
        let levels = [
            EscalationLevel(targets: targets, timeout: 1_800, mode: .business), EscalationLevel(targets: [.supervisor], timeout: 3_600),
            EscalationLevel(targets: [.supervisor], timeout: 1_800),
        ]
        var run = try EscalationRun(chain: EscalationChain(version: 1, levels: levels), trigger: .breach, at: Fixtures.at("2024-03-04 16:30"))
        _ = try run.fire(now: Fixtures.at("2024-03-04 16:30"), calendar: calendar) { $0.targets != targets }
        try run.hold(at: Fixtures.at("2024-03-04 17:20"), calendar: calendar)
        try run.resume(at: Fixtures.at("2024-03-04 20:00"), calendar: calendar)
        #expect(try run.nextFireAt == Fixtures.at("2024-03-04 20:40"))
    }

    @Test("Plain time behind an empty level's business time stays plain time, when it is counted again and when it is held", arguments: [60, 720])
    func plainTimeBehindEmptyBusinessLevels(minutes: Int64) throws {
        let calendar = try Fixtures.berlin()
        let targets: [EscalationTarget] = [.manager]
        let levels = [
            EscalationLevel(targets: targets, timeout: 1_800, mode: .business), EscalationLevel(targets: [.supervisor], timeout: minutes * 60),
            EscalationLevel(targets: [.supervisor], timeout: 1_800),
        ]
        func started() throws -> EscalationRun {
            var run = try EscalationRun(chain: EscalationChain(version: 1, levels: levels), trigger: .breach, at: Fixtures.at("2024-03-04 16:30"))
            _ = try run.fire(now: Fixtures.at("2024-03-04 16:30"), calendar: calendar) { $0.targets != targets }
            return run
        }
        let behindClosing = try Fixtures.at("2024-03-04 17:00").adding(microseconds: minutes * 60_000_000)
        var run = try started()
        #expect(run.nextFireAt == behindClosing)
        for time in ["2024-03-04 16:31", "2024-03-04 17:00", "2024-03-04 17:40"] {
            run.recount(at: try Fixtures.at(time), calendar: calendar)
            #expect(run.nextFireAt == behindClosing, "\(time)")
        }
        for (end, minute) in [("2024-03-04 16:41", Int64(1)), ("2024-03-05 10:00", 17 * 60 + 20)] {
            var held = try started()
            try held.hold(at: Fixtures.at("2024-03-04 16:40"), calendar: calendar)
            try held.resume(at: Fixtures.at(end), calendar: calendar)
            // Twenty open minutes are left, and then the plain time: 16:41 to closing and one minute of the morning, or 10:00 to 10:20.
            let open = try minute == 1 ? Fixtures.at("2024-03-05 09:01") : Fixtures.at("2024-03-05 10:20")
            #expect(held.nextFireAt == open.adding(microseconds: minutes * 60_000_000))
        }
    }

    @Test("Rule 3: nobody at all reaches the fallback, once")
    func nobodyAtAllReachesTheFallbackOnce() throws {
        var run = try EscalationRunTests.run([30, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        let firings = try fire(&run, 1_000, empty: [30, 60])
        #expect(
            told(firings) == [
                "0 0.0 skipped_empty", "0 0.1 skipped_empty", "0 0.1 fallback", "90 1.0 skipped_empty", "90 1.1 skipped_empty", "180 1.1 exhausted",
            ]
        )
    }

    @Test("Rule 4: an acknowledgement stops the levels for the unacknowledged")
    func acknowledgementStopsTheUnacknowledgedLevels() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        #expect(told(try fire(&run, 40)) == ["0 0.0 fired", "30 0.1 fired"])
        let isAcknowledged = run.acknowledge(at: EscalationRunTests.at(45))
        #expect(isAcknowledged && run.state == .acknowledged && run.nextFireAt == nil)
        #expect(try fire(&run, 1_000).isEmpty)
    }

    @Test("Rule 4: levels for the unresolved fire in spite of one")
    func levelsForTheUnresolvedFireInSpiteOfAnAcknowledgement() throws {
        let levels = [EscalationRunTests.level(30), EscalationRunTests.level(60), EscalationRunTests.level(60, .notResolved)]
        var run = try EscalationRunTests.run(levels)
        _ = try fire(&run, 0)
        run.acknowledge(at: EscalationRunTests.at(5))
        #expect(told(try fire(&run, 100)) == ["30 0.1 skipped_acknowledged", "90 0.2 fired"])
        #expect(told(try fire(&run, 1_000)) == ["150 0.2 exhausted"])
    }

    @Test("Rule 4: without a solution it lapses after the TTL, at the next level that has not fired")
    func anAcknowledgementWithoutSolutionLapses() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, ttl: 120)
        _ = try fire(&run, 40)
        run.acknowledge(at: EscalationRunTests.at(45))
        #expect(run.nextFireAt == EscalationRunTests.at(165))
        #expect(told(try fire(&run, 1_000)) == ["165 0.2 fired", "225 0.2 exhausted"])
    }

    @Test("Rule 4: where only the end of the chain is left, a lapse brings it no sooner", arguments: [10, 200] as [Int64])
    func lapseBeforeTheEnd(ttl: Int64) throws {
        var run = try EscalationRunTests.run([30, 60].map { EscalationRunTests.level($0) }, ttl: ttl)
        _ = try fire(&run, 40)
        run.acknowledge(at: EscalationRunTests.at(45))
        let end = max(90, 45 + ttl)
        #expect(run.nextFireAt == EscalationRunTests.at(end))
        #expect(try fire(&run, end - 1).isEmpty)
        #expect(told(try fire(&run, 1_000)) == ["\(end) 0.1 exhausted"])
    }

    @Test("With a level for the unresolved in the next round, a lapse puts off nothing: the next level keeps its time (decision 37)")
    func lapseBeforeTheNextRound() throws {
        let conditions: [EscalationLevel.Condition] = [.notAcknowledged, .notAcknowledged, .notResolved, .notAcknowledged]
        var run = try EscalationRunTests.run(conditions.map { EscalationRunTests.level(30, $0) }, repeats: 1, ttl: 90)
        var firings = try fire(&run, 0)
        run.acknowledge(at: EscalationRunTests.at(15))
        while let next = run.nextFireAt {
            firings += run.fire(now: next, calendar: nil) { _ in true }
        }
        #expect(
            told(firings) == [
                "0 0.0 fired", "30 0.1 skipped_acknowledged", "60 0.2 fired", "90 0.3 skipped_acknowledged",
                // It lapses at +105.
                "120 1.0 fired", "150 1.1 fired", "180 1.2 fired", "210 1.3 fired", "240 1.3 exhausted",
            ]
        )
    }

    @Test("Rules 2 and 4: a TTL puts off no level for the unresolved; those for the unacknowledged behind it resume when it lapses")
    func aTTLPutsOffNoLevelForTheUnresolved() throws {
        let levels = [EscalationRunTests.level(30), EscalationRunTests.level(60), EscalationRunTests.level(60, .notResolved)]
        for ttl in [nil, 480, 10] as [Int64?] {
            var run = try EscalationRunTests.run(levels, ttl: ttl)
            _ = try fire(&run, 0)
            run.acknowledge(at: EscalationRunTests.at(5))
            let second = ttl == 10 ? "fired" : "skipped_acknowledged"
            #expect(told(try fire(&run, 1_000)) == ["30 0.1 \(second)", "90 0.2 fired", "150 0.2 exhausted"])
        }
        var run = try EscalationRunTests.run([levels[0], EscalationRunTests.level(60, .notResolved), levels[1]], ttl: 120)
        _ = try fire(&run, 0)
        run.acknowledge(at: EscalationRunTests.at(5))
        #expect(told(try fire(&run, 1_000)) == ["30 0.1 fired", "125 0.2 fired", "185 0.2 exhausted"])
    }

    @Test("Rule 4: stop, solution, cancellation and merge end the run")
    func endsWithTheTicket() throws {
        for reason in [EscalationRun.End.stopped, .solved, .cancelled, .merged] {
            var run = try EscalationRunTests.run([30, 60].map { EscalationRunTests.level($0) })
            _ = try fire(&run, 0)
            let isEnded = run.end(reason, at: EscalationRunTests.at(10))
            #expect(isEnded && run.state == .ended && run.end == reason && run.nextFireAt == nil)
            let isEndedTwice = run.end(.solved, at: EscalationRunTests.at(11))
            let isAcknowledged = run.acknowledge(at: EscalationRunTests.at(12))
            #expect(!isEndedTwice && !isAcknowledged && run.end == reason)
        }
    }

    @Test("Rule 4: a paused timer holds the run with what is left of its wait")
    func holdingKeepsTheRemainingWait() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) })
        _ = try fire(&run, 0)
        run.hold(at: EscalationRunTests.at(10), calendar: nil)
        #expect(run.isHeld && run.nextFireAt == nil)
        #expect(try fire(&run, 500).isEmpty)
        run.resume(at: EscalationRunTests.at(510), calendar: nil)
        #expect(told(try fire(&run, 1_000)) == ["530 0.1 fired", "590 0.2 fired", "650 0.2 exhausted"])
    }

    @Test("Rule 4: an acknowledgement during a hold has its whole TTL left when the run goes on, one before it what was left then")
    func acknowledgementsAreHeld() throws {
        for (acknowledged, lapses) in [(100, 190), (5, 185)] as [(Int64, Int64)] {
            var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, ttl: 60)
            _ = try fire(&run, 0)
            if acknowledged < 10 { run.acknowledge(at: EscalationRunTests.at(acknowledged)) }
            run.hold(at: EscalationRunTests.at(10), calendar: nil)
            if acknowledged > 10 { run.acknowledge(at: EscalationRunTests.at(acknowledged)) }
            run.resume(at: EscalationRunTests.at(130), calendar: nil)
            #expect(run.nextFireAt == EscalationRunTests.at(lapses))
        }
    }

    @Test("Rule 2: business levels wait for open time")
    func businessLevelsWaitForOpenTime() throws {
        let calendar = try Fixtures.berlin()
        let levels = [60, 60].map { EscalationRunTests.level($0, mode: .business) }
        var run = try EscalationRun(chain: EscalationChain(version: 1, levels: levels), trigger: .breach, at: Fixtures.at("2024-03-01 16:30"))
        let firings = try run.fire(now: Fixtures.at("2024-03-10 09:00"), calendar: calendar) { _ in true }
        #expect(try firings.map(\.scheduledFor) == ["2024-03-01 16:30", "2024-03-04 09:30", "2024-03-04 10:30"].map { try Fixtures.at($0) })
        // Held on Friday at 16:40, fifty open minutes before the next level.
        var held = try EscalationRun(chain: EscalationChain(version: 1, levels: levels), trigger: .breach, at: Fixtures.at("2024-03-01 16:30"))
        _ = try held.fire(now: Fixtures.at("2024-03-01 16:30"), calendar: calendar) { _ in true }
        try held.hold(at: Fixtures.at("2024-03-01 16:40"), calendar: calendar)
        try held.resume(at: Fixtures.at("2024-03-04 12:00"), calendar: calendar)
        #expect(try held.nextFireAt == Fixtures.at("2024-03-04 12:50"))
    }

    @Test("What is to come is what the schedule says, whatever was late")
    func upcoming() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1)
        #expect(told(run.upcoming(calendar: nil)) == EscalationRunTests.full)
        _ = try fire(&run, 100)
        #expect(told(run.upcoming(calendar: nil)) == Array(EscalationRunTests.full.dropFirst(3)))
        run.hold(at: EscalationRunTests.at(110), calendar: nil)
        #expect(run.upcoming(calendar: nil).isEmpty)
    }

    @Test func keepsItsStateThroughStorage() throws {
        var run = try EscalationRunTests.run([30, 60, 60].map { EscalationRunTests.level($0) }, repeats: 1, ttl: 120)
        _ = try fire(&run, 40)
        run.acknowledge(at: EscalationRunTests.at(45))
        run.hold(at: EscalationRunTests.at(50), calendar: nil)
        #expect(try JSON.roundTrip(run) == run)
    }

    struct Wrong: Sendable {
        let chain: EscalationChain
        let error: EscalationChainError
    }

    @Test(arguments: [
        Wrong(chain: EscalationChain(version: 1, levels: []), error: .levelCount),
        Wrong(chain: EscalationChain(version: 1, levels: [level(1)], repeats: 10), error: .repeats),
        Wrong(chain: EscalationChain(version: 1, levels: [level(1)], acknowledgementTTL: 0), error: .acknowledgementTTL),
        Wrong(chain: EscalationChain(version: 1, levels: [level(1), level(0)]), error: .timeout(level: 1)),
        Wrong(chain: EscalationChain(version: 1, levels: [EscalationLevel(targets: [], timeout: 60)]), error: .targets(level: 0)),
        Wrong(
            chain: EscalationChain(version: 1, levels: [EscalationLevel(targets: [.supervisor], timeout: 60, actions: [])]),
            error: .actions(level: 0)
        ),
        Wrong(
            chain: EscalationChain(version: 1, levels: [EscalationLevel(targets: [.supervisor], timeout: 60, actions: [.startFlow])]),
            error: .flow(level: 0)
        ),
        Wrong(
            chain: EscalationChain(version: 1, levels: [EscalationLevel(targets: [.supervisor], timeout: 60, flow: "calm")]),
            error: .flow(level: 0)
        ),
        Wrong(
            chain: EscalationChain(version: 1, levels: [EscalationLevel(targets: [.supervisor, .email("a b@c")], timeout: 60)]),
            error: .address(level: 0, target: 1)
        ),
    ])
    func invalidChainsAreRefused(_ wrong: Wrong) {
        #expect(throws: wrong.error) { try EscalationRun(chain: wrong.chain, trigger: .manual, at: EscalationRunTests.start) }
    }
}
