import Domain
import Testing

/// The table of metrics in sla.md, "Timers", row by row: what starts a clock, where it runs and pauses, what stops it, and how often it comes.
@Suite struct SLATableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let metric: SLAMetric
        /// What must happen after a customer has made the ticket; nothing: creation starts it.
        var starts: [SLASignal.Kind] = []
        let runsIn: Set<StateCategory>
        /// What solving does to it.
        let solved: SLATimer.State
        let stop: SLASignal.Kind
        /// What starts it once more after it was stopped, and which instance runs then.
        let again: SLASignal.Kind
        let instance: Int

        var testDescription: String { metric.rawValue }
    }

    private static let unsolved: Set<StateCategory> = [.new, .open, .pending, .hold]
    private static let (one, two) = (GroupID(high: 3, low: 1), GroupID(high: 3, low: 2))

    static let rows = [
        Row(metric: .firstResponse, runsIn: unsolved, solved: .paused, stop: .agentReply(), again: .customerMessage, instance: 1),
        Row(
            metric: .nextResponse,
            starts: [.agentReply(), .customerMessage],
            runsIn: unsolved,
            solved: .met,
            stop: .agentReply(),
            again: .customerMessage,
            instance: 2
        ),
        Row(metric: .periodicUpdate, starts: [.agentReply()], runsIn: unsolved, solved: .met, stop: .agentReply(), again: .agentAction, instance: 2),
        Row(
            metric: .requesterWait,
            runsIn: [.new, .open, .hold],
            solved: .met,
            stop: .stateEntered(.solved),
            again: .stateEntered(.open),
            instance: 1
        ),
        Row(metric: .agentWork, runsIn: [.new, .open], solved: .met, stop: .stateEntered(.solved), again: .stateEntered(.open), instance: 1),
        Row(metric: .resolution, runsIn: unsolved, solved: .met, stop: .stateEntered(.solved), again: .stateEntered(.open), instance: 1),
        Row(
            metric: .groupOwnership,
            starts: [.groupAssigned(one)],
            runsIn: [.new, .open],
            solved: .met,
            stop: .groupAssigned(nil),
            again: .groupAssigned(two),
            instance: 2
        ),
        Row(
            metric: .stage,
            starts: [.stageEntered(.confirm)],
            runsIn: unsolved,
            solved: .running,
            stop: .stageEntered(nil),
            again: .stageEntered(.process),
            instance: 2
        ),
    ]

    private func scene(_ row: Row) throws -> SLAScene {
        var scene = try SLAScene(SLAPolicyDefinition(name: "all", targets: SLAMetric.allCases.map { SLAScene.target($0, hours: 100) }))
        try scene.create("2024-03-04 09:00")
        for (index, kind) in row.starts.enumerated() {
            #expect(!scene.ledger.promised.contains { $0.metric == row.metric }, "started by \(kind), not before")
            try scene.at("2024-03-04 09:0\(index + 1)", kind)
        }
        return scene
    }

    @Test(arguments: rows)
    func starts(_ row: Row) throws {
        let timer = try scene(row).timer(row.metric)
        #expect(timer.startedAt == (try Fixtures.at("2024-03-04 09:0\(row.starts.count)")))
        #expect(timer.state == .running && timer.instance == 1)
    }

    @Test(arguments: rows)
    func runsAndPauses(_ row: Row) throws {
        var scene = try scene(row)
        for (index, category) in [StateCategory.new, .open, .pending, .hold].enumerated() {
            try scene.at("2024-03-04 1\(index):00", .stateEntered(category))
            #expect(try scene.timer(row.metric).state == (row.runsIn.contains(category) ? .running : .paused), "\(category)")
        }
        try scene.at("2024-03-04 14:00", .stateEntered(.solved))
        #expect(try scene.timer(row.metric).state == row.solved)
    }

    @Test(arguments: rows)
    func stopsAndComesAgain(_ row: Row) throws {
        var scene = try scene(row)
        try scene.at("2024-03-04 10:00", row.stop)
        let stopped = try scene.timer(row.metric)
        #expect(stopped.state == .met)
        #expect(stopped.endedAt == (try Fixtures.at("2024-03-04 10:00")))
        try scene.at("2024-03-04 11:00", row.again)
        #expect(try scene.latest(row.metric).instance == row.instance)
        #expect(scene.ledger.promised.count { $0.metric == row.metric } == row.instance)
    }

    /// "All eight metrics" are those of the table; the ninth is the rule of features.md A5.6.
    @Test func everyMetricHasARow() {
        #expect(Set(Self.rows.map(\.metric)).union([.agentInactivity]) == Set(SLAMetric.allCases))
    }

    @Test(arguments: [SLAMetric.requesterWait, .agentWork, .resolution])
    func cumulativeMetricsKeepWhatTheyConsumed(_ metric: SLAMetric) throws {
        var scene = try SLAScene(SLAPolicyDefinition(name: "P", targets: [SLAScene.target(metric, hours: 8)]))
        try scene.create("2024-03-04 09:00")
        try scene.at("2024-03-04 11:00", .stateEntered(.solved))
        try scene.at("2024-03-04 15:00", .stateEntered(.open))
        #expect(try scene.consumed(metric, at: "2024-03-04 16:00") == 3 * hour)
    }
}
