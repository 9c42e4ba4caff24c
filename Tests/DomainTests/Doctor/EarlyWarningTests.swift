import Testing

@testable import Domain

/// Warnings that were told at night by an earlier version stay told: the doctor takes their time for no difference (decision 0049).
@Suite struct EarlyWarningTests {
    private static let warning = SLAThreshold.warning(.remaining(seconds: 3_600))

    /// A first response within an hour, asked for on a Saturday night.
    private func scene() throws -> SLAScene {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.firstResponse, hours: 1)])
        policy.warnings = [.remaining(seconds: 3_600)]
        var scene = try SLAScene(policy)
        try scene.create("2024-03-09 22:00")
        return scene
    }

    private func stored(_ ledger: SLALedger, warnedAt time: Timestamp) throws -> (ledger: SLALedger, history: [TicketEvent]) {
        var stored = ledger
        let index = try #require(stored.timers.firstIndex { $0.metric == .firstResponse })
        stored.timers[index].pending.removeAll { $0.threshold == Self.warning }
        stored.timers[index].fired.removeAll { $0.threshold == Self.warning }
        stored.timers[index].fired.insert(SLATimer.Fired(threshold: Self.warning, targetVersion: 1, at: time), at: 0)
        let told = SLAFiring(
            metric: .firstResponse,
            instance: 1,
            threshold: Self.warning,
            targetVersion: 1,
            scheduledFor: time,
            cause: .elapsed,
            isSuppressed: false
        )
        let event = TicketEvent(ticketID: TicketID(high: 1, low: 1), sequence: 1, version: 1, at: time, actor: .scheduler, payload: told.payload)
        return (stored, [event])
    }

    @Test("Before the warning is due by the history, after it, and where it never comes", arguments: ["2024-03-10 12:00", "2024-03-11 09:30"])
    func toldStaysTold(_ now: String) throws {
        let now = try Fixtures.at(now)
        var answered = try scene()
        try answered.at("2024-03-10 11:00", .agentReply())
        for scene in [try scene(), answered] {
            let (early, history) = try stored(scene.ledger, warnedAt: Fixtures.at("2024-03-09 22:00"))
            #expect(early.agrees(with: scene.ledger, history: history, at: now))
            #expect(!early.agrees(with: scene.ledger, history: [], at: now))
            let (wrong, other) = try stored(scene.ledger, warnedAt: Fixtures.at("2024-03-09 23:00"))
            #expect(!wrong.agrees(with: scene.ledger, history: other, at: now))
        }
    }
}
