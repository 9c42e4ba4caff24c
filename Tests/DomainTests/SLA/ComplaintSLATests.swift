import Domain
import Testing

/// What people complained about in other desks' clocks (features.md, complaint cases D6 to D16), as far as it is arithmetic: each must not happen here.
/// The cases that are about the whole stack have their suite of the same name in SchedulerTests.
@Suite struct ComplaintSLATests {
    private static func shifts() throws -> CalendarDefinition {
        CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("08:00-12:00", "13:00-18:00"))
    }

    private func timers(
        _ policy: SLAPolicyDefinition,
        _ calendar: CalendarDefinition,
        _ events: [(String, SLASignal.Kind)],
        now: String
    ) throws -> SLAEvaluation.Reply {
        try SLAEvaluation(zones: ZoneFiles()).evaluate(
            SLAEvaluation.Request(
                calendar: calendar,
                policy: policy,
                priority: nil,
                events: try events.map { SLASignal(at: try Fixtures.at($0.0), $0.1) },
                now: try Fixtures.at(now)
            )
        )
    }

    @Test("D8: changing the priority in the middle of a ticket keeps the pauses", arguments: [SLAOptions.Retarget.retroactive, .prospective])
    func retargetKeepsPauses(_ retarget: SLAOptions.Retarget) throws {
        var policy = SLAPolicyDefinition(
            name: "P",
            targets: [SLAScene.target(.resolution, hours: 8, priority: .p3), SLAScene.target(.resolution, hours: 4, priority: .p1)]
        )
        policy.pauses = [SLAPause(.resolution, category: .pending)]
        policy.options.retarget = retarget
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 10:00", .stateEntered(.pending))
        try scene.at("2024-03-04 13:00", .stateEntered(.open))
        try scene.at("2024-03-04 14:00", .priorityChanged(.p1))
        // Two hours ran, three did not: two of the four are left.
        #expect(try scene.consumed(.resolution, at: "2024-03-04 14:00") == 2 * hour)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 16:00"))
        try scene.at("2024-03-04 15:00", .priorityChanged(.p3))
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-05 12:00"))
    }

    @Test("D9: a pause over a weekend takes off what was open, not days")
    func weekendPause() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 16)])
        policy.pauses = [SLAPause(.resolution, category: .pending)]
        var scene = try SLAScene(policy)
        try scene.create("2024-03-07 09:00")
        // Thursday and half of Friday ran; paused until Monday morning.
        try scene.at("2024-03-08 13:00", .stateEntered(.pending))
        try scene.at("2024-03-11 09:00", .stateEntered(.open))
        #expect(try scene.timer(.resolution).consumed == 12 * hour)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-11 13:00"))
    }

    @Test("D10: Monday 17:00 + 4 h with two segments a day is due on Tuesday 11:00, and one hour before is 10:00, not midnight")
    func warningsWithSegments() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 4)])
        policy.warnings = [.remaining(seconds: 3_600)]
        let events = [("2024-03-04 17:00", SLASignal.Kind.created(by: .customer))]
        let timer = try #require(try timers(policy, Self.shifts(), events, now: "2024-03-04 17:30").timers.first)
        #expect(timer.dueAt == (try Fixtures.at("2024-03-05 11:00")))
        #expect(timer.warnAt == [try Fixtures.at("2024-03-05 10:00")])
        let fired = try timers(policy, Self.shifts(), events, now: "2024-03-05 10:00").events
        #expect(fired.map(\.scheduledFor) == [try Fixtures.at("2024-03-05 10:00")])
    }

    @Test("D11: another group's clock starts anew; the first response is not shown as the resolution, nor the other way round")
    func ownershipByGroup() throws {
        var scene = try SLAScene(
            SLAPolicyDefinition(name: "P", targets: [.firstResponse, .resolution, .groupOwnership].map { SLAScene.target($0, hours: 2) })
        )
        let (one, two) = (GroupID(high: 3, low: 1), GroupID(high: 3, low: 2))
        try scene.create("2024-03-04 09:00", .groupAssigned(one))
        try scene.at("2024-03-04 10:30", .groupAssigned(two))
        #expect(try scene.timer(.groupOwnership, 1).consumed == hour + 30 * minute)
        #expect(try scene.timer(.groupOwnership, 2).dueAt == Fixtures.at("2024-03-04 12:30"))
        try scene.at("2024-03-04 10:45", .agentReply())
        try scene.fire("2024-03-04 11:30")
        #expect(try scene.timer(.firstResponse).state == .met && scene.timer(.resolution).state == .breachedRunning)
        #expect(scene.firings.map { "\($0.metric)" } == ["resolution"])
        #expect(scene.ledger.promised.count { $0.metric == .groupOwnership } == 2, "another agent of the group restarts nothing")
    }

    @Test("D13: nothing of a business target falls due at midnight or on a weekend")
    func noReminderInClosedTime() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 4)])
        policy.warnings = [.percent(50), .percent(75), .remaining(seconds: 1_800)]
        let events = [("2024-03-08 15:00", SLASignal.Kind.created(by: .customer))]
        let fired = try timers(policy, try Fixtures.berlinDefinition(), events, now: "2024-03-12 09:00").events
        let expected = ["2024-03-08 17:00", "2024-03-11 10:00", "2024-03-11 10:30", "2024-03-11 11:00"]
        #expect(fired.map(\.scheduledFor) == (try expected.map { try Fixtures.at($0) }))
    }

    @Test("D13: a warning that is due as its clock starts, or goes on, waits for open time; by plain time it comes at once")
    func noWarningAsAClockStartsAtNight() throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 1)])
        policy.warnings = [.remaining(seconds: 3_600)]
        let saturday = [("2024-03-09 22:00", SLASignal.Kind.created(by: .customer))]
        func warned(_ policy: SLAPolicyDefinition, _ events: [(String, SLASignal.Kind)]) throws -> [Timestamp] {
            let fired = try timers(policy, try Fixtures.berlinDefinition(), events, now: "2024-03-12 09:00").events
            return fired.filter { $0.threshold != .breach }.map(\.scheduledFor)
        }
        #expect(try warned(policy, saturday) == [Fixtures.at("2024-03-11 09:00")])
        policy.targets = [SLAScene.target(.firstResponse, hours: 1, mode: .calendar)]
        #expect(try warned(policy, saturday) == [Fixtures.at("2024-03-09 22:00")])
        // Paused with exactly the half used, resumed at night.
        var paused = SLAScene.resolution(hours: 8)
        paused.warnings = [.percent(50)]
        let night = [
            ("2024-03-04 09:00", SLASignal.Kind.created(by: .customer)), ("2024-03-04 13:00", .stateEntered(.pending)),
            ("2024-03-04 23:00", .stateEntered(.open)),
        ]
        #expect(try warned(paused, night) == [Fixtures.at("2024-03-05 09:00")])
        // It was due as the hours ended, while the clock ran.
        let evening = [("2024-03-08 13:00", SLASignal.Kind.created(by: .customer))]
        #expect(try warned(paused, evening) == [Fixtures.at("2024-03-08 17:00")])
    }

    @Test("D15: 48 business hours that nobody has to add up by hand")
    func explained() throws {
        let calendar = CalendarDefinition(
            zone: "Europe/Berlin",
            weekly: try Fixtures.hours("09:00-17:00"),
            closures: [CalendarClosure(.dates(try Fixtures.date("2024-05-01"), try Fixtures.date("2024-05-01")), name: "Labour Day")]
        )
        let policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 48)])
        let reply = try timers(policy, calendar, [("2024-04-29 13:00", .created(by: .customer))], now: "2024-05-08 13:00")
        let timer = try #require(reply.timers.first)
        #expect(timer.dueAt == (try Fixtures.at("2024-05-08 13:00")))
        #expect(timer.windows.count == 7 && timer.specialDays.map(\.name) == ["Labour Day"])
        let counted = timer.windows.reduce(0) { $0 + ($1.end?.microseconds(since: $1.start) ?? 0) }
        #expect(counted == 48 * hour && timer.consumed == counted)
    }

    @Test("D16: Friday 16:30 + 1 h is due on Monday 09:30")
    func overTheWeekend() throws {
        let policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 1)])
        let events = [("2024-03-08 16:30", SLASignal.Kind.created(by: .customer))]
        let reply = try timers(policy, try Fixtures.berlinDefinition(), events, now: "2024-03-08 16:30")
        #expect(reply.timers.first?.dueAt == (try Fixtures.at("2024-03-11 09:30")))
    }

    @Test("D16: more than one window a day")
    func severalWindows() throws {
        let policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 5)])
        let reply = try timers(policy, Self.shifts(), [("2024-03-04 11:00", .created(by: .customer))], now: "2024-03-04 14:00")
        #expect(reply.timers.first?.dueAt == (try Fixtures.at("2024-03-04 17:00")))
        #expect(reply.timers.first?.windows.count == 2)
    }

    @Test("D16: the next response counts no more after solving")
    func nothingAfterSolving() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.nextResponse, hours: 1)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 09:10", .agentReply())
        try scene.at("2024-03-04 09:20", .customerMessage)
        try scene.at("2024-03-04 09:30", .stateEntered(.solved))
        #expect(try scene.timer(.nextResponse).state == .met && scene.fire("2024-03-10 09:00").isEmpty)
    }
}
