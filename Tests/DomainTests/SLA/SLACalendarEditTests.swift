import Testing

@testable import Domain

/// "The past is measured with the version valid then" (sla.md, Calendars), whatever a policy says of other targets (decision 0066).
@Suite struct SLACalendarEditTests {
    private static let edited = CalendarReference(id: SLAScene.calendar.id, version: 2)
    private static let always = CalendarReference(id: CalendarID(high: 2, low: 9), version: 1)

    /// Eight hours on B, of which an edit closes Monday from 11:00, when it is made, to 13:00.
    private func scene(hours: Int64 = 8, _ change: (inout SLAPolicyDefinition) -> Void = { $0.options.retarget = .prospective }) throws -> SLAScene {
        var policy = SLAScene.resolution(hours: hours)
        change(&policy)
        var scene = try SLAScene(policy)
        var next = try Fixtures.berlinDefinition()
        next.closures.append(try Fixtures.closed("2024-03-04", part: "11:00-13:00"))
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        let lineage = try BusinessCalendar.lineage(of: [
            CalendarVersion(number: 1, effectiveFrom: nil, definition: try Fixtures.berlinDefinition(), zone: zone),
            CalendarVersion(number: 2, effectiveFrom: try Fixtures.at("2024-03-04 11:00"), definition: next, zone: zone),
        ])
        var context = scene.engine.context
        context.calendars[SLAScene.calendar] = lineage[0]
        context.calendars[Self.edited] = lineage[1]
        context.calendars[Self.always] = try BusinessCalendar(CalendarDefinition(zone: "UTC", alwaysOpen: true), zones: ZoneFiles())
        scene.engine = SLAEngine(context: context)
        try scene.create("2024-03-04 09:00")
        return scene
    }

    private func edit(_ scene: inout SLAScene, at time: String, followsEdits: Bool = true) throws {
        try scene.at(time, .policyChanged(SLAScene.policy(1), calendar: Self.edited, followsEdits: followsEdits))
    }

    @Test("An edit that reaches a ticket late freezes nothing: from its beginning on its hours count", arguments: [true, false])
    func anEditFreezesNothing(isPaused: Bool) throws {
        var scene = try scene()
        if isPaused { try scene.at("2024-03-04 13:30", .stateEntered(.pending)) }
        try edit(&scene, at: "2024-03-04 14:00")
        if isPaused { try scene.at("2024-03-04 14:00", .stateEntered(.open)) }
        #expect(try scene.timer(.resolution).segments.allSatisfy { $0.frozen == nil })
        #expect(try scene.consumed(.resolution, at: "2024-03-04 14:00") == (isPaused ? 150 : 180) * minute)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at(isPaused ? "2024-03-05 11:30" : "2024-03-05 11:00"))
        #expect(try scene.timer(.resolution).targetVersion == 1)
    }

    @Test("Another calendar freezes what was counted until then, by the version of the former one that was valid")
    func anotherCalendarFreezes() throws {
        var scene = try scene()
        try edit(&scene, at: "2024-03-04 14:00")
        try scene.at("2024-03-04 15:00", .policyChanged(SLAScene.policy(1), calendar: Self.always))
        #expect(try scene.timer(.resolution).segments.map(\.consumed) == [4 * hour])
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 19:00"))
        try scene.at("2024-03-04 16:00", .policyChanged(SLAScene.policy(1), calendar: Self.edited))
        #expect(try scene.consumed(.resolution, at: "2024-03-04 16:00") == 5 * hour)
    }

    @Test("Edits in histories from before froze, and go on doing so")
    func historiesFromBefore() throws {
        var scene = try scene()
        try edit(&scene, at: "2024-03-04 14:00", followsEdits: false)
        #expect(try scene.timer(.resolution).segments.map(\.consumed) == [5 * hour])
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-04 17:00"))
        let signal = try #require(scene.signals.last)
        #expect(try JSON.roundTrip(signal) == signal)
        #expect(try JSON.decode(TicketEvent.PolicyChanged.self, #"{"policy":null}"#).followsEdits == nil)
    }

    @Test("What was decided when a clock ended stays so; reopened, it counts by what was valid then")
    func editedWhileSolved() throws {
        var scene = try scene()
        try scene.at("2024-03-04 14:00", .stateEntered(.solved))
        try edit(&scene, at: "2024-03-04 15:00")
        #expect(try scene.timer(.resolution).state == .met && scene.timer(.resolution).consumed == 5 * hour)
        try scene.at("2024-03-05 09:00", .stateEntered(.open))
        #expect(try scene.timer(.resolution).consumed == 3 * hour && scene.timer(.resolution).targetVersion == 1)
        #expect(try scene.timer(.resolution).dueAt == Fixtures.at("2024-03-05 14:00"))
    }

    @Test("A clock whose target was used up before another calendar froze it shows when that was, not its start")
    func deadlineInAFrozenSpan() throws {
        var scene = try scene(hours: 1)
        try scene.at("2024-03-04 10:30", .policyChanged(SLAScene.policy(1), calendar: Self.always))
        let timer = try scene.timer(.resolution)
        #expect(try timer.state == .breachedRunning && timer.targetVersion == 2 && timer.dueAt == Fixtures.at("2024-03-04 10:00"))
        #expect(try timer.breachAt == Fixtures.at("2024-03-04 10:30"))
        let now = try Fixtures.at("2024-03-04 10:45")
        // Earlier versions stored the span's start: the doctor takes that for no difference, and any other time for one.
        for (shown, agrees) in [("2024-03-04 09:00", true), ("2024-03-04 09:30", false)] {
            var stored = scene.ledger
            let index = try #require(stored.timers.firstIndex { $0.metric == .resolution })
            stored.timers[index].dueAt = try Fixtures.at(shown)
            let told = scene.firings.enumerated().map { offset, firing in
                TicketEvent(ticketID: TicketID(high: 1, low: 1), sequence: offset, version: 1, at: now, actor: .scheduler, payload: firing.payload)
            }
            #expect(stored.agrees(with: scene.ledger, history: told, at: now) == agrees)
        }
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        try scene.at("2024-03-04 12:00", .stateEntered(.solved))
        #expect(try scene.engine.explain(scene.timer(.resolution), now: now).dueAt == Fixtures.at("2024-03-04 10:00"))
    }
}
