import Domain
import Testing

/// The checker itself: what it accepts, and that it finds every kind of fault.
@Suite struct SLAOutcomeAuditTests {
    private static let second: Int64 = 1_000_000

    private func scene() throws -> SLAScene {
        var policy = SLAScene.resolution(hours: 8)
        policy.targets.append(SLAScene.target(.firstResponse, hours: 4))
        policy.warnings = [.percent(50)]
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00")
        return scene
    }

    private func recorded(_ scene: SLAScene) -> [RecordedThreshold] {
        scene.firings.map {
            RecordedThreshold(
                metric: $0.metric,
                instance: $0.instance,
                threshold: $0.threshold,
                targetVersion: $0.targetVersion,
                scheduledFor: $0.scheduledFor,
                recordedAt: $0.scheduledFor
            )
        }
    }

    private func audit(_ scene: SLAScene, _ recorded: [RecordedThreshold]? = nil, at now: String) throws -> SLAOutcomeAudit {
        SLAOutcomeAudit(
            timers: scene.ledger.promised,
            recorded: recorded ?? self.recorded(scene),
            now: try Fixtures.at(now),
            tolerance: 5 * Self.second
        )
    }

    @Test func everyTargetHasOneOutcome() throws {
        var scene = try scene()
        #expect(try audit(scene, at: "2024-03-04 09:01").targets.map(\.outcome) == [.running, .running])
        try scene.fire("2024-03-04 14:00")
        try scene.at("2024-03-04 14:30", .stateEntered(.pending))
        let paused = try audit(scene, at: "2024-03-05 12:00")
        #expect(paused.isFine && Set(paused.targets.map(\.outcome)) == [.breached, .paused])
        try scene.at("2024-03-05 13:00", .agentReply(), .stateEntered(.solved))
        let done = try audit(scene, at: "2024-03-06 09:00")
        #expect(done.isFine && Set(done.targets.map(\.outcome)) == [.breached, .met])
    }

    @Test(arguments: SLAOutcomeAudit.Fault.allCases)
    func findsEveryFault(_ fault: SLAOutcomeAudit.Fault) throws {
        var scene = try scene()
        try scene.fire("2024-03-04 13:00")
        var records = recorded(scene)
        #expect(try audit(scene, at: "2024-03-04 13:00").isFine && records.count == 3)
        var now = "2024-03-04 13:00"
        let last = try #require(records.last)
        func moved(scheduled: Int64 = 0, recorded: Int64 = 0, version: Int = 1) -> RecordedThreshold {
            RecordedThreshold(
                metric: last.metric,
                instance: last.instance,
                threshold: last.threshold,
                targetVersion: version,
                scheduledFor: last.scheduledFor.adding(microseconds: scheduled),
                recordedAt: last.recordedAt.adding(microseconds: recorded)
            )
        }
        switch fault {
        case .unrecorded, .undecided: records.removeLast()
        case .doubled: records.append(last)
        case .invented: records.append(moved(version: 2))
        case .early: records[2] = moved(recorded: -1)
        case .disordered: records[2] = moved(scheduled: -9 * 3_600 * Self.second)
        case .overdue: now = "2024-03-06 09:00"
        }
        #expect(try audit(scene, records, at: now).faults.keys.contains(fault))
    }

    @Test func retargetedPromisesAreDecidedOnce() throws {
        var policy = SLAPolicyDefinition(
            name: "P",
            targets: [SLAScene.target(.resolution, hours: 8, priority: .p3), SLAScene.target(.resolution, hours: 1, priority: .p1)]
        )
        policy.warnings = []
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00", .priorityChanged(.p3))
        try scene.at("2024-03-04 11:00", .priorityChanged(.p1))
        try scene.at("2024-03-04 12:00", .priorityChanged(.p3))
        let audit = try audit(scene, at: "2024-03-04 12:00")
        #expect(audit.isFine && audit.targets.map(\.outcome) == [.retargeted, .retargeted, .running])
    }
}
