import Domain
import Testing

/// "Same instant order: stop, cancel, retarget, pause, start/resume, warn, breach, escalate; then event id" (sla.md, Timers).
@Suite struct SLASameInstantTests {
    private func policy() -> SLAPolicyDefinition {
        var policy = SLAPolicyDefinition(
            name: "P",
            targets: [
                SLAScene.target(.firstResponse, hours: 4), SLAScene.target(.nextResponse, hours: 4),
                SLAScene.target(.resolution, hours: 8, priority: .p3),
                SLAScene.target(.resolution, hours: 1, priority: .p1),
            ]
        )
        policy.pauses = [SLAPause(.resolution, category: .pending)]
        policy.warnings = [.percent(50)]
        return policy
    }

    private func scene() throws -> SLAScene {
        var scene = try SLAScene(policy())
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        return scene
    }

    @Test func stopBeforeCancel() throws {
        var scene = try scene()
        try scene.at("2024-03-04 10:00", .cancelConditionMet(), .agentReply())
        #expect(try scene.timer(.firstResponse).state == .met)
        #expect(try scene.timer(.resolution).cancellation == .condition)
    }

    /// A state that meets the condition meets no target by it; events of before say nothing of that, and are replayed as then (decision 0050).
    @Test(arguments: [true, false])
    func cancelBeforeTheStateThatMeetsIt(precedesState: Bool) throws {
        var policy = policy()
        policy.targets += [.stage, .groupOwnership, .agentInactivity].map { SLAScene.target($0, hours: 8) }
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3), .stageEntered(.process), .groupAssigned(GroupID(high: 3, low: 1)))
        try scene.at(
            "2024-03-04 10:00",
            .stateEntered(.solved),
            .stageEntered(.feedback),
            .agentAction,
            .cancelConditionMet(precedesState: precedesState)
        )
        for metric in [SLAMetric.resolution, .stage, .groupOwnership, .agentInactivity] {
            let timer = try scene.timer(metric)
            #expect(timer.state == (precedesState ? .cancelled : .met) && timer.cancellation == (precedesState ? .condition : nil), "\(metric)")
        }
        #expect(try scene.timer(.firstResponse).cancellation == .condition)
    }

    @Test func anAnswerStaysMet() throws {
        var scene = try scene()
        try scene.at("2024-03-04 10:00", .agentReply(), .stateEntered(.solved), .agentAction, .cancelConditionMet())
        #expect(try scene.timer(.firstResponse).state == .met)
        #expect(try scene.timer(.resolution).cancellation == .condition)
        #expect(scene.ledger.facts.isFinished && scene.ledger.timers.allSatisfy { $0.endedAt != nil })
    }

    @Test("An event of before does not say that the cancellation precedes the state; a new one does")
    func eventsOfBefore() throws {
        let reference = SLAScene.policy(1)
        let new = TicketEvent.PromiseCancelled(policy: reference, condition: 0)
        var old = new
        old.precedesState = nil
        old.followsPolicy = nil
        for (payload, precedes) in [(try JSON.roundTrip(new), true), (try JSON.roundTrip(old), false)] {
            let event = TicketEvent(
                ticketID: TicketID(high: 1, low: 1),
                sequence: 1,
                version: 1,
                at: try Fixtures.at("2024-03-04 10:00"),
                actor: .system,
                payload: .promiseCancelled(payload)
            )
            let signals = event.signals(lifecycle: .standard)
            #expect(signals.map(\.kind) == [.cancelConditionMet(precedesState: precedes, followsPolicy: precedes)])
            #expect(try JSON.roundTrip(signals) == signals)
        }
    }

    @Test func cancelBeforeRetarget() throws {
        var scene = try scene()
        try scene.at("2024-03-04 11:30", .priorityChanged(.p1), .merged)
        #expect(scene.firings.allSatisfy { $0.metric != .resolution })
        #expect(try scene.timer(.resolution).state == .cancelled && scene.timer(.resolution).targetVersion == 1)
    }

    /// What the new target leaves behind is missed at this instant, whether the clock stands still afterwards or not.
    @Test func retargetBeforePause() throws {
        var scene = try scene()
        try scene.at("2024-03-04 11:30", .stateEntered(.pending), .priorityChanged(.p1))
        let missed = scene.firings.filter { $0.metric == .resolution }
        #expect(missed.map(\.threshold) == [.warning(.percent(50)), .breach] && missed.allSatisfy { $0.cause == .retarget })
        #expect(try scene.timer(.resolution).state == .paused && scene.timer(.resolution).nextFireAt == nil)
        try scene.at("2024-03-04 12:00", .stateEntered(.open))
        #expect(try scene.timer(.resolution).state == .breachedRunning)
        #expect(scene.firings.count { $0.metric == .resolution } == 2)
    }

    @Test func pauseBeforeResume() throws {
        var scene = try scene()
        try scene.at("2024-03-04 10:00", .stateEntered(.pending))
        let paused = try scene.timer(.resolution)
        try scene.at("2024-03-04 11:00", .stateEntered(.open), .stateEntered(.pending))
        #expect(try scene.timer(.resolution) == paused)
    }

    @Test func pauseBeforeBreach() throws {
        var scene = try scene()
        try scene.at("2024-03-04 17:00", .stateEntered(.pending))
        #expect(try scene.timer(.resolution).state == .paused)
        #expect(scene.firings.allSatisfy { $0.threshold != .breach || $0.metric != .resolution })
    }

    /// A message and its answer at one instant: the answer stops what ran, the message starts what comes.
    @Test func stopBeforeStart() throws {
        var scene = try scene()
        try scene.at("2024-03-04 10:00", .agentReply())
        try scene.at("2024-03-04 11:00", .customerMessage)
        try scene.at("2024-03-04 12:00", .customerMessage, .agentReply())
        #expect(try scene.timer(.nextResponse, 1).state == .met)
        #expect(try scene.timer(.nextResponse, 2).startedAt == Fixtures.at("2024-03-04 12:00"))
    }

    @Test func stopBeforeWarn() throws {
        var scene = try scene()
        try scene.at("2024-03-04 11:00", .agentReply())
        #expect(scene.firings.filter { $0.metric == .firstResponse }.isEmpty)
        #expect(try scene.timer(.firstResponse).state == .met)
    }

    @Test func warnBeforeBreach() throws {
        var scene = try scene()
        try scene.at("2024-03-04 12:30", .priorityChanged(.p1))
        let fired = scene.firings.filter { $0.metric == .resolution }
        #expect(fired.map(\.threshold) == [.warning(.percent(50)), .breach])
        #expect(Set(fired.map(\.scheduledFor)) == [try Fixtures.at("2024-03-04 12:30")])
    }

    /// Signals of different kinds give the same clocks in whatever order they come.
    @Test func theOrderOfOneInstantsSignalsDoesNotMatter() throws {
        let kinds: [SLASignal.Kind] = [
            .agentReply(), .priorityChanged(.p1), .stateEntered(.pending), .customerMessage, .groupAssigned(GroupID(high: 3, low: 1)),
        ]
        var first: SLALedger?
        for order in Self.permutations(kinds) {
            var scene = try scene()
            let time = try Fixtures.at("2024-03-04 11:30")
            _ = try scene.engine.apply(order.map { SLASignal(at: time, $0) }, to: &scene.ledger)
            // Timers that start at one instant are listed in the order of their signals.
            scene.ledger.timers.sort { ($0.metric.rawValue, $0.instance) < ($1.metric.rawValue, $1.instance) }
            #expect(first == nil || first == scene.ledger)
            first = first ?? scene.ledger
        }
    }

    private static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        guard let last = elements.last else { return [[]] }
        return permutations(elements.dropLast()).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [last] + Array(rest[$0...]) }
        }
    }

    /// Changes whose times are the same would be judged together when a history is replayed: every change gets a time of its own.
    @Test func changesNeverShareAnInstant() throws {
        let rules = TicketRules(lifecycle: .standard)
        let time = try Fixtures.at("2024-03-04 09:00")
        let created = rules.create(id: TicketID(high: 1, low: 1), number: 1, content: TicketContent(subject: "x"), by: .system, at: time)
        let waiting = try rules.transition(created.after, to: .waitingCustomer, by: .system, at: time)
        let earlier = try rules.transition(waiting.after, to: .onHold, by: .system, at: time.adding(microseconds: -hour))
        #expect(waiting.after.updatedAt == time.adding(microseconds: 1))
        #expect(earlier.after.updatedAt == time.adding(microseconds: 2))
    }
}
