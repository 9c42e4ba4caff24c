import Domain
import Testing

/// "The target's next_response starts at min(own, source's oldest unanswered)" (sla.md, Merge): a clock that begins in the past stands still there as it would have then.
@Suite struct SLAMergePauseTests {
    /// Four hours of plain time for an answer; the clock stands still on hold.
    private static func answers(_ metric: SLAMetric = .nextResponse) -> SLAPolicyDefinition {
        var definition = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(metric, hours: 4, mode: .calendar)])
        definition.pauses = [SLAPause(.nextResponse, category: .hold)]
        return definition
    }

    /// Answered at 09:00; from 10:30 to 11:30 in a state.
    private static func scene(_ category: StateCategory, _ policy: SLAPolicyDefinition = answers()) throws -> SLAScene {
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 08:00")
        try scene.at("2024-03-04 09:00", .agentReply())
        try scene.at("2024-03-04 10:30", .stateEntered(category))
        try scene.at("2024-03-04 11:30", .stateEntered(.open))
        return scene
    }

    private static func span(_ start: String, _ end: String?) throws -> SLAExplanation.Span {
        SLAExplanation.Span(start: try Fixtures.at("2024-03-04 \(start)"), end: try end.map { try Fixtures.at("2024-03-04 \($0)") })
    }

    @Test("An hour on hold, or solved, is a pause of the clock that a merge starts", arguments: [StateCategory.hold, .solved])
    func withoutAQuestionOfItsOwn(_ category: StateCategory) throws {
        var scene = try Self.scene(category)
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
        let timer = try scene.timer(.nextResponse)
        #expect(try timer.startedAt == Fixtures.at("2024-03-04 09:50") && timer.dueAt == Fixtures.at("2024-03-04 14:50"))
        #expect(try timer.pauses == [Self.span("10:30", "11:30")])
        #expect(try scene.consumed(.nextResponse, at: "2024-03-04 12:00") == 70 * minute)
    }

    @Test("It is due when it would be with a question of the ticket's own")
    func withAQuestionOfItsOwn() throws {
        for own in ["10:00", "11:00", "11:40"] {
            var scene = try SLAScene(Self.answers())
            try scene.create("2024-03-04 08:00")
            try scene.at("2024-03-04 09:00", .agentReply())
            if own == "10:00" { try scene.at("2024-03-04 10:00", .customerMessage) }
            try scene.at("2024-03-04 10:30", .stateEntered(.hold))
            if own == "11:00" { try scene.at("2024-03-04 11:00", .customerMessage) }
            try scene.at("2024-03-04 11:30", .stateEntered(.open))
            if own == "11:40" { try scene.at("2024-03-04 11:40", .customerMessage) }
            try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
            let timer = try scene.timer(.nextResponse)
            #expect(try timer.startedAt == Fixtures.at("2024-03-04 09:50") && timer.dueAt == Fixtures.at("2024-03-04 14:50"), "\(own)")
            let explained = try scene.engine.explain(timer, now: Fixtures.at("2024-03-04 12:00"))
            #expect(try explained.windows == [Self.span("09:50", "10:30"), Self.span("11:30", "12:00")], "\(own)")
            #expect(try explained.pauses == [Self.span("10:30", "11:30")], "\(own)")
        }
    }

    @Test("On hold at the merge itself the clock stands still, and goes on with the ticket")
    func onHoldAtTheMerge() throws {
        var scene = try SLAScene(Self.answers())
        try scene.create("2024-03-04 08:00")
        try scene.at("2024-03-04 09:00", .agentReply())
        try scene.at("2024-03-04 10:30", .stateEntered(.hold))
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
        #expect(try scene.timer(.nextResponse).state == .paused && scene.timer(.nextResponse).consumed == 40 * minute)
        try scene.at("2024-03-04 13:00", .stateEntered(.open))
        #expect(try scene.timer(.nextResponse).dueAt == Fixtures.at("2024-03-04 16:20"))
    }

    @Test("The first response of a ticket that no customer had written to stands still while it was pending, where the policy says so")
    func firstResponse() throws {
        var policy = Self.answers(.firstResponse)
        for (pauses, due) in [(true, "14:50"), (false, "13:50")] {
            policy.options.firstResponsePausesInPending = pauses
            var scene = try SLAScene(policy)
            try scene.create("2024-03-04 08:00", by: .agent)
            try scene.at("2024-03-04 10:30", .stateEntered(.pending))
            try scene.at("2024-03-04 11:30", .stateEntered(.open))
            try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
            #expect(try scene.timer(.firstResponse).dueAt == Fixtures.at("2024-03-04 \(due)"))
        }
    }

    @Test("What the policy of the time let stand still stays so under the next one")
    func pausesOfTheTime() throws {
        var strict = Self.answers()
        strict.pauses = []
        var scene = try SLAScene(Self.answers(), strict)
        try scene.create("2024-03-04 08:00")
        try scene.at("2024-03-04 09:00", .agentReply())
        try scene.at("2024-03-04 10:30", .stateEntered(.hold))
        try scene.at("2024-03-04 11:30", .policyChanged(SLAScene.policy(2), calendar: SLAScene.calendar))
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
        #expect(try scene.timer(.nextResponse).dueAt == Fixtures.at("2024-03-04 14:50"))
    }

    @Test("Penalties find the miss where the clock does")
    func breaches() throws {
        var scene = try Self.scene(.hold)
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50")))
        let found = try scene.engine.breaches(scene.signals, now: Fixtures.at("2024-03-04 15:00"))
        #expect(try found.map(\.breachedAt) == [Fixtures.at("2024-03-04 14:50")])
    }

    @Test("Merges of before count as they did, so that what is stored agrees with its history")
    func earlierHistories() throws {
        for (own, due) in [(false, "13:50"), (true, "14:50")] {
            var scene = try SLAScene(Self.answers())
            try scene.create("2024-03-04 08:00")
            try scene.at("2024-03-04 09:00", .agentReply())
            if own { try scene.at("2024-03-04 10:00", .customerMessage) }
            try scene.at("2024-03-04 10:30", .stateEntered(.hold))
            try scene.at("2024-03-04 11:30", .stateEntered(.open))
            try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:50"), honoursPauses: false))
            #expect(try scene.timer(.nextResponse).dueAt == Fixtures.at("2024-03-04 \(due)"))
        }
        let recorded = #"{"source":"00000000-0000-0000-0000-000000000001","number":1,"followers":[],"requesters":[]}"#
        #expect(try JSON.decode(TicketEvent.Absorbed.self, recorded).honoursPauses == nil)
        let signal = SLASignal(at: try Fixtures.at("2024-03-04 12:00"), .absorbed(oldestUnanswered: nil, honoursPauses: false))
        #expect(try JSON.roundTrip(signal) == signal)
    }
}
