import Domain
import Testing

@Suite struct SLARulesTests {
    @Test func reopenOptions() throws {
        for (choice, states, instance) in [
            (SLAOptions.Reopen.newCycle, [SLATimer.State.met, .running], 2), (.ignore, [.met], 1), (.continue, [.running], 1),
        ] {
            var policy = SLAScene.resolution(hours: 8)
            policy.options.reopen = choice
            var scene = try SLAScene(policy)
            try scene.create("2024-03-04 09:00")
            try scene.at("2024-03-04 12:00", .stateEntered(.solved))
            try scene.at("2024-03-05 09:00", .stateEntered(.open))
            #expect(scene.ledger.promised.map(\.state) == states)
            #expect(try scene.latest(.resolution).instance == instance)
        }
    }

    @Test func pauseAndResumeAtOneInstantHaveNoEffect() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        let before = try scene.timer(.resolution)
        try scene.at("2024-03-04 10:00", .stateEntered(.pending), .stateEntered(.open))
        #expect(try scene.timer(.resolution) == before)
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        try scene.at("2024-03-04 11:00", .stateEntered(.open))
        #expect(try scene.timer(.resolution) == before)
    }

    @Test func prospectiveChangesKeepWhatWasMeasured() throws {
        var night = SLAScene.resolution(hours: 8)
        night.options.retarget = .prospective
        var scene = try SLAScene(SLAScene.resolution(hours: 8), night)
        let always = CalendarReference(id: CalendarID(high: 2, low: 9), version: 1)
        var context = scene.engine.context
        context.calendars[always] = try BusinessCalendar(CalendarDefinition(zone: "UTC", alwaysOpen: true), zones: ZoneFiles())
        scene.engine = SLAEngine(context: context)
        try scene.create("2024-03-04 08:00")
        // By B two hours are consumed at 11:00; measured again on the new calendar they would be three.
        try scene.at("2024-03-04 11:00", .policyChanged(SLAScene.policy(2), calendar: always))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 17:00"))
        #expect(try scene.consumed(.resolution, at: "2024-03-04 12:00") == 3 * hour)
        try scene.at("2024-03-04 13:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        #expect(try scene.timer(.resolution).targetVersion == 3)
    }

    @Test func withoutAPolicyCancelledAndWithItAgainResumed() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 10:00", .policyChanged(nil, calendar: nil))
        #expect(try scene.timer(.resolution).state == .cancelled && scene.timer(.resolution).cancellation == .noPolicy)
        #expect(try scene.timer(.resolution).nextFireAt == nil)
        try scene.at("2024-03-04 12:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        let timer = try scene.timer(.resolution)
        #expect(timer.state == .running && timer.instance == 1 && timer.targetVersion == 1)
        #expect(timer.dueAt == (try Fixtures.at("2024-03-04 17:00")))
    }

    @Test("A policy withdrawn and published again counts no time in which the clock was paused; histories from before that keep their clocks")
    func withdrawnWhilePaused() throws {
        for (keepsRules, hours) in [(true, 1), (false, 5)] as [(Bool, Int64)] {
            var scene = try SLAScene(SLAScene.resolution(hours: 8))
            try scene.create("2024-03-04 09:00")
            try scene.at("2024-03-04 10:00", .stateEntered(.pending))
            try scene.at("2024-03-04 11:00", .policyChanged(nil, calendar: nil, keepsRules: keepsRules))
            #expect(try scene.timer(.resolution).state == .cancelled)
            try scene.at("2024-03-04 15:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
            #expect(try scene.timer(.resolution).state == .paused)
            #expect(try scene.consumed(.resolution, at: "2024-03-04 15:00") == hours * hour)
        }
    }

    @Test("What pauses and goes on while no policy matches does so by the one that matched last")
    func pausedWhileWithdrawn() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 10:00", .policyChanged(nil, calendar: nil))
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        try scene.at("2024-03-04 13:00", .stateEntered(.open))
        try scene.at("2024-03-04 14:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        #expect(try scene.consumed(.resolution, at: "2024-03-04 14:00") == 3 * hour)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-05 11:00"))
    }

    @Test func aPolicyThatComesLaterCountsFromTheTrueStart() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        let created = try Fixtures.at("2024-03-04 09:00")
        _ = try scene.engine.apply([SLASignal(at: created, .created(by: .customer))], to: &scene.ledger)
        #expect(scene.ledger.promised.isEmpty)
        let matched = SLASignal(at: try Fixtures.at("2024-03-04 12:00"), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        _ = try scene.engine.apply([matched], to: &scene.ledger)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 17:00"))
    }

    @Test func cancelMergeAndClose() throws {
        for (kind, reason) in [
            (SLASignal.Kind.cancelConditionMet(), SLATimer.Cancellation.condition), (.merged, .merged), (.stateEntered(.closed), .closed),
        ] {
            var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 8)]))
            try scene.create("2024-03-04 09:00")
            try scene.at("2024-03-04 10:00", kind)
            #expect(try scene.timer(.firstResponse).cancellation == reason)
            #expect(try scene.fire("2024-03-20 10:00").isEmpty)
            try scene.at("2024-03-21 10:00", .agentReply(), .stateEntered(.open))
            #expect(try scene.timer(.firstResponse).state == .cancelled)
        }
    }

    @Test func mergeTakesTheSourcesOldestQuestion() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.nextResponse, hours: 4)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 09:30", .agentReply())
        try scene.at("2024-03-04 11:00", .customerMessage)
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 10:00")))
        #expect(try scene.timer(.nextResponse).startedAt == Fixtures.at("2024-03-04 10:00"))
        #expect(try scene.timer(.nextResponse).dueAt == Fixtures.at("2024-03-04 14:00"))
    }

    @Test func importedTicketsAreSilentAboutThePast() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 8)])
        policy.warnings = [.percent(50)]
        var scene = try SLAScene(policy)
        let imported = try Fixtures.at("2024-03-04 15:00")
        let start = try Fixtures.at("2024-03-04 09:00")
        let signals: [SLASignal.Kind] = [
            .created(by: .customer, importedAt: imported), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar),
        ]
        _ = try scene.engine.apply(signals.map { SLASignal(at: start, $0) }, to: &scene.ledger)
        #expect(try scene.fire("2024-03-06 09:00").map(\.isSuppressed) == [true, false])
    }

    @Test func afterDowntimeThresholdsFireInOrderOnceEach() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 4), SLAScene.target(.resolution, hours: 6)])
        policy.warnings = [.percent(50), .percent(75)]
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00")
        let fired = try scene.fire("2024-03-08 09:00")
        let expected = ["first_response percent:50", "resolution percent:50", "first_response percent:75", "first_response breach"]
        #expect(fired.map { "\($0.metric.rawValue) \($0.threshold)" }.prefix(4) == expected[...])
        #expect(fired.count == 6 && fired.map(\.scheduledFor) == fired.map(\.scheduledFor).sorted())
        #expect(try scene.fire("2024-03-09 09:00").isEmpty)
    }

    @Test func aReplyBeforeTheBreachWinsOverALateScheduler() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 4)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 12:59", .agentReply())
        #expect(try scene.fire("2024-03-08 09:00").isEmpty)
        #expect(try scene.timer(.firstResponse).state == .met)
    }

    @Test func wrongSignalsChangeNothing() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        let time = try Fixtures.at("2024-03-04 09:00")
        #expect(throws: SLAError.notCreatedOnce) { try scene.engine.apply([SLASignal(at: time, .customerMessage)], to: &scene.ledger) }
        try scene.create("2024-03-04 09:00")
        let before = scene.ledger
        #expect(throws: SLAError.notCreatedOnce) { try scene.engine.apply([SLASignal(at: time, .created(by: .agent))], to: &scene.ledger) }
        #expect(throws: SLAError.outOfOrder) {
            try scene.engine.apply([SLASignal(at: time.adding(microseconds: -1), .agentAction)], to: &scene.ledger)
        }
        #expect(throws: SLAError.unknownPolicy(SLAScene.policy(9))) {
            try scene.engine.apply([SLASignal(at: time, .policyChanged(SLAScene.policy(9), calendar: nil))], to: &scene.ledger)
        }
        #expect(throws: SLAError.calendar(.timeOutOfRange)) {
            try scene.engine.apply([SLASignal(at: Timestamp(microseconds: .max), .agentAction)], to: &scene.ledger)
        }
        #expect(scene.ledger == before)
    }

    /// Decision 0005.
    @Test func businessTimeWithoutACalendarCountsAroundTheClock() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 20))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 09:00", .policyChanged(SLAScene.policy(1), calendar: nil))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-05 05:00"))
        try scene.at("2024-03-04 10:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-06 13:00"))
    }

    @Test func explanationListsWindowsAndPauses() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 20))
        try scene.create("2024-03-04 16:00")
        try scene.at("2024-03-05 10:00", .stateEntered(.pending))
        try scene.at("2024-03-05 12:00", .stateEntered(.open))
        let explanation = try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at("2024-03-05 14:00"))
        let windows = [("2024-03-04 16:00", "2024-03-04 17:00"), ("2024-03-05 09:00", "2024-03-05 10:00"), ("2024-03-05 12:00", "2024-03-05 14:00")]
        let expected = try windows.map { SLAExplanation.Span(start: try Fixtures.at($0.0), end: try Fixtures.at($0.1)) }
        #expect(explanation.windows == expected)
        let pause = SLAExplanation.Span(start: try Fixtures.at("2024-03-05 10:00"), end: try Fixtures.at("2024-03-05 12:00"))
        #expect(explanation.pauses == [pause])
        #expect(explanation.consumed == 4 * hour && explanation.policy == SLAScene.policy(1) && !explanation.isUnpublishedYear)
    }

    private static func span(_ start: String, _ end: String) throws -> SLAExplanation.Span {
        SLAExplanation.Span(start: try Fixtures.at(start), end: try Fixtures.at(end))
    }

    @Test("Windows that touch and were counted the same way are told as one, those counted by another measure apart")
    func windowsThatTouch() throws {
        var policy = SLAPolicyDefinition(
            name: "P",
            targets: [
                SLAScene.target(.resolution, hours: 8), SLAScene.target(.resolution, hours: 9, priority: .p1, mode: .calendar),
                SLAScene.target(.resolution, hours: 7, priority: .p2),
            ]
        )
        policy.options.retarget = .prospective
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 10:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 12:00", .priorityChanged(.p1))
        try scene.at("2024-03-04 13:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 14:00", .priorityChanged(.p2))
        let next = CalendarReference(id: SLAScene.calendar.id, version: 2)
        scene.engine = SLAEngine(
            context: SLAContext(
                policies: scene.engine.context.policies,
                calendars: scene.engine.context.calendars.merging([next: try Fixtures.berlin()]) { old, _ in old }
            )
        )
        try scene.at("2024-03-04 15:00", .policyChanged(SLAScene.policy(1), calendar: next))
        let explanation = try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at("2024-03-04 16:00"))
        let windows = [("10:00", "12:00"), ("12:00", "13:00"), ("13:00", "16:00")]
        let expected = try windows.map { try Self.span("2024-03-04 \($0.0)", "2024-03-04 \($0.1)") }
        #expect(explanation.windows == expected)
    }

    @Test("A missed clock that stops while it stands still shows when it was due, as every other that is over")
    func deadlineOfAMissedClock() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-05 10:00", .stateEntered(.pending))
        let paused = try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at("2024-03-05 11:00"))
        #expect(paused.state == .paused && paused.outcome == .breached && paused.dueAt == nil && paused.breachAt == nil)
        try scene.at("2024-03-05 12:00", .stateEntered(.solved))
        let ended = try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at("2024-03-05 13:00"))
        #expect(ended.state == .breachedMet)
        #expect(try ended.dueAt == Fixtures.at("2024-03-04 17:00") && ended.breachAt == Fixtures.at("2024-03-05 09:00"))
        // What is stored is what it was: the history says it.
        #expect(try scene.timer(.resolution).dueAt == nil)
    }
}
