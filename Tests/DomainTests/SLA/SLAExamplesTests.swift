import Domain
import Testing

/// The worked examples of sla.md on the calendar B, by their ids.
@Suite struct SLAExamplesTests {
    @Test func p1PauseMovesTheDeadline() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 4))
        try scene.create("2024-03-04 10:00")
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        let paused = try scene.timer(.resolution)
        #expect(paused.state == .paused && paused.dueAt == nil && paused.breachAt == nil && paused.nextFireAt == nil && paused.consumed == hour)
        try scene.at("2024-03-04 15:00", .stateEntered(.open))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-05 10:00"))
    }

    @Test(arguments: [("2024-03-05 10:00", "2024-03-05 10:00"), ("2024-03-04 20:00", "2024-03-05 09:00")])
    func p2NothingLeftWhenPaused(_ row: (resume: String, breach: String)) throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 17:00", .stateEntered(.pending))
        #expect(scene.firings.isEmpty)
        try scene.at(row.resume, .stateEntered(.open))
        let timer = try scene.timer(.resolution)
        #expect(timer.dueAt == (try Fixtures.at(row.resume)))
        #expect(timer.breachAt == (try Fixtures.at(row.breach)))
    }

    @Test func p3WarningAt75Percent() throws {
        var policy = SLAScene.resolution(hours: 8)
        policy.warnings = [.percent(75), .remaining(seconds: 1_800)]
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00")
        #expect(try scene.timer(.resolution).warnAt == [Fixtures.at("2024-03-04 15:00"), Fixtures.at("2024-03-04 16:30")])
        #expect(try scene.timer(.resolution).nextFireAt == Fixtures.at("2024-03-04 15:00"))
    }

    @Test func p4StricterTargetBreachesNow() throws {
        let policy = SLAPolicyDefinition(
            name: "P",
            targets: [SLAScene.target(.resolution, hours: 8, priority: .p3), SLAScene.target(.resolution, hours: 1, priority: .p1)]
        )
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 11:00", .priorityChanged(.p1))
        let firing = try #require(scene.firings.first)
        #expect(scene.firings.count == 1 && firing.threshold == .breach && firing.cause == .retarget && firing.targetVersion == 2)
        #expect(firing.scheduledFor == (try Fixtures.at("2024-03-04 11:00")))
        #expect(try scene.timer(.resolution).state == .breachedRunning)
        // A laxer target takes the state back; the event stays.
        try scene.at("2024-03-04 12:00", .priorityChanged(.p3))
        #expect(try scene.timer(.resolution).state == .running)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 17:00"))
        #expect(scene.firings.count == 1)
    }

    @Test func p5ReopenKeepsWhatWasConsumed() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 12:00", .stateEntered(.solved))
        #expect(try scene.timer(.resolution).state == .met)
        try scene.at("2024-03-06 10:00", .stateEntered(.open))
        let timer = try scene.timer(.resolution)
        #expect(timer.state == .running && timer.consumed == 3 * hour)
        #expect(timer.dueAt == (try Fixtures.at("2024-03-06 15:00")))
    }

    @Test func retroactiveTargetCountsFromTheStart() throws {
        let policy = SLAPolicyDefinition(
            name: "P",
            targets: [SLAScene.target(.resolution, hours: 3, priority: .p3), SLAScene.target(.resolution, hours: 2, priority: .p1)]
        )
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 10:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 11:00", .priorityChanged(.p1))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 12:00"))
    }

    @Test func exactlyTheTargetIsMet() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 8)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 18:00", .agentReply())
        #expect(try scene.timer(.firstResponse).state == .met)
        #expect(try scene.timer(.firstResponse).consumed == 8 * hour)
        #expect(scene.firings.isEmpty)
    }

    @Test func aStopAtTheDeadlineIsInTimeAndOneMicrosecondLaterIsNot() throws {
        for (delay, state) in [(Int64(0), SLATimer.State.met), (1, .breachedMet)] {
            var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 8)]))
            try scene.create("2024-03-04 09:00")
            let reply = try Fixtures.at("2024-03-05 09:00").adding(microseconds: delay)
            let late = try scene.engine.apply([SLASignal(at: reply, .agentReply())], to: &scene.ledger)
            #expect(try scene.timer(.firstResponse).state == state)
            #expect(late.count == (delay == 0 ? 0 : 1))
        }
    }

    @Test func remainingTimeIsOpenTime() throws {
        // glpi#22678: 08–18, Monday 17:00 + 4 h is due Tuesday 11:00, and "one hour before" is 10:00, not midnight.
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 4)])
        policy.warnings = [.remaining(seconds: 3_600)]
        let reply = try SLAEvaluation(zones: ZoneFiles()).evaluate(
            SLAEvaluation.Request(
                calendar: CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("08:00-18:00")),
                policy: policy,
                priority: nil,
                events: [SLASignal(at: try Fixtures.at("2024-03-04 17:00"), .created(by: .customer))],
                now: try Fixtures.at("2024-03-04 17:30")
            )
        )
        #expect(reply.timers.first?.dueAt == (try Fixtures.at("2024-03-05 11:00")))
        #expect(reply.timers.first?.warnAt == [try Fixtures.at("2024-03-05 10:00")])
    }
}
