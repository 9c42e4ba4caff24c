import Domain
import Testing

/// The rules of sla.md, "Timers", on promises that change.
@Suite struct SLAPromiseRulesTests {
    private func twoTargets(_ change: (inout SLAPolicyDefinition) -> Void = { _ in }) throws -> SLAScene {
        var policy = SLAPolicyDefinition(
            name: "P",
            targets: [SLAScene.target(.resolution, hours: 8, priority: .p3), SLAScene.target(.resolution, hours: 4, priority: .p1)]
        )
        policy.warnings = [.percent(50), .percent(75)]
        change(&policy)
        return try SLAScene(policy)
    }

    @Test("A warning once per (instance, threshold, target_version), a breach once per (instance, target_version)")
    func onceForEachTargetVersion() throws {
        var scene = try twoTargets()
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        for (time, priority) in [("14:00", Priority.p1), ("14:10", .p3), ("14:20", .p1), ("14:30", .p3)] {
            try scene.at("2024-03-04 \(time)", .priorityChanged(priority))
        }
        try scene.fire("2024-03-06 09:00")
        let keys = scene.firings.map { "\($0.targetVersion) \($0.threshold)" }
        #expect(Set(keys).count == keys.count)
        // Every target of four hours was missed when it came, each of eight hours but the last was not.
        #expect(keys.filter { $0.hasSuffix("breach") } == ["2 breach", "4 breach", "5 breach"])
        #expect(keys.filter { $0.hasPrefix("1 ") } == ["1 percent:50"])
    }

    @Test("Without a change of target the promise keeps its version, and nothing fires twice")
    func theSameTargetIsTheSamePromise() throws {
        var scene = try twoTargets()
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 14:00", .priorityChanged(.p3), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar))
        #expect(try scene.timer(.resolution).targetVersion == 1)
        #expect(scene.firings.map(\.threshold) == [.warning(.percent(50))])
    }

    @Test("A laxer target turns breached_running back to running; the event stays, and the new target can be missed too")
    func aLaxerTargetRunsAgain() throws {
        var scene = try twoTargets()
        try scene.create("2024-03-04 09:00", .priorityChanged(.p1))
        try scene.fire("2024-03-04 14:00")
        #expect(try scene.timer(.resolution).state == .breachedRunning)
        try scene.at("2024-03-04 15:00", .priorityChanged(.p3))
        #expect(try scene.timer(.resolution).state == .running)
        #expect(scene.firings.count { $0.threshold == .breach } == 1)
        try scene.fire("2024-03-06 09:00")
        #expect(scene.firings.filter { $0.threshold == .breach }.map(\.targetVersion) == [1, 2])
    }

    @Test("A stricter target that a paused timer is beyond already is missed now, not in silence when it ends")
    func retargetWhilePaused() throws {
        var scene = try twoTargets { $0.pauses = [SLAPause(.resolution, category: .pending)] }
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 14:00", .stateEntered(.pending))
        try scene.at("2024-03-04 15:00", .priorityChanged(.p1))
        let missed = scene.firings.filter { $0.targetVersion == 2 }
        #expect(missed.map(\.threshold) == [.warning(.percent(50)), .warning(.percent(75)), .breach])
        #expect(missed.allSatisfy { $0.cause == .retarget && $0.scheduledFor == (try? Fixtures.at("2024-03-04 15:00")) })
        #expect(try scene.timer(.resolution).state == .paused && scene.timer(.resolution).dueAt == nil)
        try scene.at("2024-03-04 16:00", .stateEntered(.solved))
        #expect(try scene.timer(.resolution).state == .breachedMet)
        #expect(scene.firings.count { $0.threshold == .breach } == 1)
    }

    @Test("An import that is solved in the past is decided without a notice")
    func importedAndSolved() throws {
        var scene = try twoTargets()
        let (start, imported) = (try Fixtures.at("2024-03-04 09:00"), try Fixtures.at("2024-03-08 09:00"))
        let kinds: [SLASignal.Kind] = [
            .created(by: .customer, importedAt: imported), .priorityChanged(.p1), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar),
        ]
        _ = try scene.engine.apply(kinds.map { SLASignal(at: start, $0) }, to: &scene.ledger)
        let firings = try scene.engine.apply([SLASignal(at: imported, .stateEntered(.solved))], to: &scene.ledger)
        #expect(firings.count == 3 && firings.allSatisfy(\.isSuppressed))
        #expect(try scene.timer(.resolution).state == .breachedMet)
    }

    @Test("Split: the new ticket starts at its message's time")
    func splitStartsAtTheMessage() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 4)]))
        // Split at 12:00 from a message of 10:00: the new ticket is a backdated one.
        let (message, split) = (try Fixtures.at("2024-03-04 10:00"), try Fixtures.at("2024-03-04 12:00"))
        let kinds: [SLASignal.Kind] = [.created(by: .customer, importedAt: split), .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar)]
        _ = try scene.engine.apply(kinds.map { SLASignal(at: message, $0) }, to: &scene.ledger)
        #expect(try scene.timer(.firstResponse).dueAt == Fixtures.at("2024-03-04 14:00"))
    }

    @Test("Merge: every timer of the source is cancelled, none ever fires again")
    func mergedTicketsAreSilent() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "all", targets: SLAMetric.allCases.map { SLAScene.target($0, hours: 1) }))
        try scene.create("2024-03-04 09:00", .groupAssigned(GroupID(high: 3, low: 1)), .stageEntered(.confirm))
        try scene.at("2024-03-04 09:10", .agentReply())
        try scene.at("2024-03-04 09:20", .customerMessage)
        try scene.at("2024-03-04 09:30", .merged)
        let live = scene.ledger.promised.filter { $0.state != .met }
        #expect(live.count > 5 && live.allSatisfy { $0.cancellation == .merged && $0.nextFireAt == nil })
        #expect(try scene.fire("2024-04-04 09:00").isEmpty)
    }

    @Test("Merge: without a question of its own the target answers the source's, from its time on")
    func mergeStartsNextResponse() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.nextResponse, hours: 4)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 09:30", .agentReply())
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 11:00")))
        #expect(try scene.timer(.nextResponse).dueAt == Fixtures.at("2024-03-04 15:00"))
    }

    @Test("Merge into a ticket that no customer has written to: the source's customer waits for its first response, since when he asked")
    func mergeAsksAnInternalTicket() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 4)]))
        try scene.create("2024-03-04 10:00", by: .agent)
        #expect(scene.ledger.facts.oldestUnanswered == nil)
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:30")))
        #expect(try scene.timer(.firstResponse).dueAt == Fixtures.at("2024-03-04 13:30"))
        #expect(scene.ledger.facts.oldestUnanswered == (try Fixtures.at("2024-03-04 09:30")))
        try scene.at("2024-03-04 13:00", .agentReply())
        #expect(try scene.timer(.firstResponse).state == .met)
    }

    @Test("Merge before the first response: its clock stays, and a further merge knows who has waited longest")
    func mergeRemembersTheLongestWait() throws {
        let targets = [SLAScene.target(.firstResponse, hours: 4), SLAScene.target(.nextResponse, hours: 4)]
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: targets))
        try scene.create("2024-03-04 11:00")
        try scene.at("2024-03-04 12:00", .absorbed(oldestUnanswered: try Fixtures.at("2024-03-04 09:00")))
        #expect(try scene.timer(.firstResponse).startedAt == Fixtures.at("2024-03-04 11:00"))
        #expect(scene.ledger.facts.oldestUnanswered == (try Fixtures.at("2024-03-04 09:00")))
        try scene.at("2024-03-04 13:00", .agentReply())
        #expect(scene.ledger.facts.oldestUnanswered == nil)
        #expect(!scene.ledger.promised.contains { $0.metric == .nextResponse })
    }

    @Test("The four-hour rule in business time counts opening hours only")
    func fourBusinessHours() throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "untouched", targets: [SLAScene.target(.agentInactivity, hours: 4)]))
        try scene.create("2024-03-04 16:00")
        #expect(try scene.timer(.agentInactivity).dueAt == Fixtures.at("2024-03-05 12:00"))
        #expect(try scene.fire("2024-03-05 11:59:59").isEmpty)
        #expect(try scene.fire("2024-03-05 12:00").map(\.threshold) == [.breach])
    }

    @Test("Stages: by the state of a ticket, with clocks of their own that go on while the ticket's own clocks stand still")
    func stagesFollowStates() throws {
        let stages = Lifecycle.standard.states.map(\.stage)
        #expect(stages == [.confirm, .confirm, .confirm, .process, .process, .process, .feedback, nil, nil])
    }

    @Test("What a paused timer would promise if it ran on now")
    func ifResumedNow() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 4))
        try scene.create("2024-03-04 10:00")
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        func explain(_ now: String) throws -> SLAExplanation { try scene.engine.explain(scene.timer(.resolution), now: Fixtures.at(now)) }
        #expect(try explain("2024-03-04 15:00").ifResumedNow?.dueAt == Fixtures.at("2024-03-05 10:00"))
        #expect(try explain("2024-03-04 14:00").ifResumedNow?.dueAt == Fixtures.at("2024-03-04 17:00"))
        #expect(try explain("2024-03-04 14:00").ifResumedNow?.breachAt == Fixtures.at("2024-03-05 09:00"))
        try scene.at("2024-03-04 15:00", .stateEntered(.open))
        #expect(try explain("2024-03-04 16:00").ifResumedNow == nil)
    }
}
