@testable import Domain

/// Random policies and tickets over few values, so that they meet. Deadlines never fall on a full minute: tests move the clock by minutes, and what is due then does
/// not depend on how far a process carries its reading of the clock forward.
struct RandomPolicies {
    var random: SplitMix64
    let calendar: CalendarID
    let agents: [AgentID]
    private var count = 0

    init(seed: UInt64, calendar: CalendarID, agents: [AgentID]) {
        random = SplitMix64(seed: seed)
        self.calendar = calendar
        self.agents = agents
    }

    static let words = ["Printer", "vpn", "Rechnung", "打印机"]

    mutating func isOneOf(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func ticket() -> TicketContent {
        TicketContent(
            subject: "A \(pick(Self.words))",
            description: isOneOf(3) ? "" : "The \(pick(Self.words).uppercased()) of our office is broken.",
            category: isOneOf(3) ? nil : pick(["a", "b"]),
            externalReference: isOneOf(3) ? "EXT-\(Int.random(in: 1...2, using: &random))" : nil,
            priority: pick(Priority.allCases),
            weight: Int.random(in: 1...3, using: &random)
        )
    }

    mutating func content() -> SLAPolicyContent {
        SLAPolicyContent(position: Int.random(in: 0...3, using: &random), isActive: !isOneOf(8), definition: definition())
    }

    private mutating func definition() -> SLAPolicyDefinition {
        count += 1
        let metrics = SLAMetric.allCases.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
        var definition = SLAPolicyDefinition(name: "P\(count)", targets: [])
        for metric in metrics {
            let mode: SLATarget.Mode = isOneOf(2) ? .business : .calendar
            let seconds = Int64.random(in: 1...400, using: &random) * 60 + 30
            definition.targets.append(SLATarget(metric: metric, seconds: seconds, mode: mode))
            guard isOneOf(3) else { continue }
            let other = Int64.random(in: 1...400, using: &random) * 60 + 30
            definition.targets.append(SLATarget(metric: metric, priority: pick(Priority.allCases), seconds: other, mode: mode))
        }
        definition.conditions = condition(depth: 2)
        if isOneOf(6) { definition.cancelConditions = [condition(depth: 1)] }
        if isOneOf(2) { definition.calendar = calendar }
        if isOneOf(2) { definition.pauses = [SLAPause(pick(Array(metrics)), category: .pending)] }
        if isOneOf(2) { definition.warnings = [.percent(50)] }
        if isOneOf(3) { definition.options.retarget = .prospective }
        definition.options.reopen = pick(SLAOptions.Reopen.allCases)
        return definition
    }

    private mutating func condition(depth: Int) -> TicketCondition {
        switch Int.random(in: 0..<(depth == 0 ? 8 : 12), using: &random) {
        case 0: .field("subject", .contains, .text(pick(Self.words)))
        case 1: .field("description", .contains, .text(pick(Self.words)))
        case 2: .field("description", .isSet, .flag(isOneOf(2)))
        case 3: .field("external_ref", .oneOf, .list(["EXT-1"]))
        case 4: .field("weight", .atLeast, .number(2))
        case 5: .field("assignee_id", .isSet, .flag(isOneOf(2)))
        case 6: .field("assignee_id", .equals, .text("\(pick(agents))"))
        case 7: .field("category", .equals, .text(pick(["a", "b"])))
        case 8: .not(condition(depth: depth - 1))
        case 9: .any([condition(depth: depth - 1), condition(depth: depth - 1)])
        default: .all([])
        }
    }
}
