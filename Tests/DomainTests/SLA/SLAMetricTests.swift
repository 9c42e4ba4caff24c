import Domain
import Testing

/// The table of metrics in sla.md: what starts, pauses and stops each of them.
@Suite struct SLAMetricTests {
    private static let group = GroupID(high: 3, low: 1)

    private func scene(_ change: (inout SLAPolicyDefinition) -> Void = { _ in }) throws -> SLAScene {
        var policy = SLAPolicyDefinition(name: "all", targets: SLAMetric.allCases.map { SLAScene.target($0, hours: 100) })
        change(&policy)
        return try SLAScene(policy)
    }

    @Test func firstResponseOfAnAgentsTicketStartsWithTheCustomer() throws {
        var scene = try scene()
        try scene.create("2024-03-04 09:00", by: .agent)
        try scene.at("2024-03-04 09:10", .agentReply())
        #expect(!scene.ledger.promised.contains { $0.metric == .firstResponse })
        try scene.at("2024-03-04 10:00", .customerMessage)
        #expect(try scene.timer(.firstResponse).startedAt == Fixtures.at("2024-03-04 10:00"))
        #expect(!scene.ledger.promised.contains { $0.metric == .nextResponse })
    }

    @Test func botsAndNotesCountOnlyWhereThePolicySaysSo() throws {
        for counts in [false, true] {
            for kind in [SLASignal.Kind.internalNote, .agentReply(isBot: true)] {
                var scene = try scene {
                    $0.options.noteIsFirstResponse = counts
                    $0.options.botReplyCounts = counts
                }
                try scene.create("2024-03-04 09:00")
                try scene.at("2024-03-04 10:00", kind)
                #expect(try scene.timer(.firstResponse).state == (counts ? .met : .running))
            }
        }
    }

    @Test func nextResponseRunsFromTheOldestUnansweredMessage() throws {
        var scene = try scene()
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 10:00", .agentReply())
        try scene.at("2024-03-04 11:00", .customerMessage)
        try scene.at("2024-03-04 12:00", .customerMessage)
        #expect(try scene.timer(.nextResponse).startedAt == Fixtures.at("2024-03-04 11:00"))
        try scene.at("2024-03-04 13:00", .stateEntered(.pending), .agentReply())
        #expect(try scene.timer(.nextResponse).state == .met && scene.timer(.nextResponse).consumed == 2 * hour)
        try scene.at("2024-03-04 14:00", .stateEntered(.open), .customerMessage)
        #expect(try scene.timer(.nextResponse, 2).state == .running)
        try scene.at("2024-03-04 15:00", .stateEntered(.solved))
        #expect(try scene.timer(.nextResponse, 2).state == .met)
    }

    @Test func aMessageAfterSolvingCountsOnlyFromReopening() throws {
        var scene = try scene()
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 10:00", .agentReply(), .stateEntered(.solved))
        try scene.at("2024-03-04 11:00", .customerMessage)
        #expect(!scene.ledger.promised.contains { $0.metric == .nextResponse })
        try scene.at("2024-03-04 12:00", .stateEntered(.open))
        #expect(try scene.timer(.nextResponse).startedAt == Fixtures.at("2024-03-04 12:00"))
    }

    @Test func periodicUpdateRestartsWithEachReply() throws {
        var scene = try scene { $0.options.periodicUpdatePausesInPending = true }
        try scene.create("2024-03-04 09:00")
        #expect(!scene.ledger.promised.contains { $0.metric == .periodicUpdate })
        try scene.at("2024-03-04 10:00", .agentReply())
        try scene.at("2024-03-04 11:00", .stateEntered(.pending))
        #expect(try scene.timer(.periodicUpdate).state == .paused)
        try scene.at("2024-03-04 12:00", .agentReply())
        #expect(try scene.timer(.periodicUpdate).state == .met && scene.timer(.periodicUpdate, 2).state == .paused)
        try scene.at("2024-03-04 13:00", .stateEntered(.solved))
        #expect(try scene.timer(.periodicUpdate, 2).state == .met)
    }

    @Test(arguments: [
        (SLAMetric.requesterWait, [true, true, false, true]), (.agentWork, [true, true, false, false]), (.resolution, [true, true, true, true]),
        (.groupOwnership, [true, true, false, false]), (.firstResponse, [true, true, true, true]),
    ])
    func runsInItsCategories(_ row: (metric: SLAMetric, runs: [Bool])) throws {
        var scene = try scene()
        try scene.create("2024-03-04 09:00", .groupAssigned(SLAMetricTests.group))
        for (index, category) in [StateCategory.new, .open, .pending, .hold].enumerated() {
            try scene.at("2024-03-04 1\(index):00", .stateEntered(category))
            #expect(try scene.timer(row.metric).state == (row.runs[index] ? .running : .paused), "\(category)")
        }
        try scene.at("2024-03-04 14:00", .stateEntered(.solved))
        #expect(try scene.timer(row.metric).state == (row.metric == .firstResponse ? .paused : .met))
        let expected = Int64(1 + row.runs.filter { $0 }.count) * hour
        #expect(try scene.timer(row.metric).consumed == expected)
    }

    @Test func groupOwnershipEndsWithTheGroup() throws {
        var scene = try scene()
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 10:00", .groupAssigned(SLAMetricTests.group))
        try scene.at("2024-03-04 12:00", .groupAssigned(GroupID(high: 3, low: 2)))
        #expect(try scene.timer(.groupOwnership).state == .met && scene.timer(.groupOwnership).consumed == 2 * hour)
        #expect(try scene.timer(.groupOwnership, 2).group == GroupID(high: 3, low: 2))
    }

    @Test func stagesHaveTargetsOfTheirOwn() throws {
        let policy = SLAPolicyDefinition(
            name: "stages",
            targets: [SLATarget(metric: .stage, stage: .confirm, seconds: 3_600), SLATarget(metric: .stage, seconds: 7_200)]
        )
        var scene = try SLAScene(policy)
        try scene.create("2024-03-04 09:00", .stageEntered(.confirm))
        #expect(try scene.timer(.stage).dueAt == Fixtures.at("2024-03-04 10:00"))
        try scene.at("2024-03-04 09:30", .stageEntered(.process))
        #expect(try scene.timer(.stage).state == .met && scene.timer(.stage, 2).dueAt == Fixtures.at("2024-03-04 11:30"))
    }

    @Test func theFourHourRule() throws {
        let target = SLAScene.target(.agentInactivity, hours: 4, priority: .p1, mode: .calendar)
        var scene = try SLAScene(SLAPolicyDefinition(name: "untouched", targets: [target]))
        try scene.create("2024-03-04 16:00", .priorityChanged(.p1))
        try scene.at("2024-03-04 17:00", .agentAction)
        #expect(try scene.fire("2024-03-04 20:59:59").isEmpty)
        // However many schedulers look, there is one notice.
        #expect(try scene.fire("2024-03-04 21:00:00").map(\.threshold) == [.breach])
        #expect(try scene.fire("2024-03-04 21:00:00").isEmpty)
        try scene.at("2024-03-04 22:00", .internalNote)
        #expect(try scene.latest(.agentInactivity).dueAt == Fixtures.at("2024-03-05 02:00"))
    }
}
