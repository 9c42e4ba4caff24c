import Testing

@testable import Domain

/// Intake against a plain reading of its rules, on random configurations; a failure prints the seed of its case.
@Suite struct IntakePropertyTests {
    private static let types = ["incident", "access", "order"]
    private static let words = ["vpn", "Mail", "FIRE", "disk"]

    private struct Case {
        var queues: [IntakeQueue] = []
        let content: TicketContent
        let closed: Set<QueueID>

        init(seed: UInt64) {
            var random = SplitMix64(seed: seed)
            func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &random)] }
            let count = UInt64.random(in: 1...8, using: &random)
            func condition() -> TicketCondition {
                let equals = TicketCondition.field("type", .equals, .text(pick(IntakePropertyTests.types)))
                switch Int.random(in: 0...3, using: &random) {
                case 0: return .not(equals)
                case 1: return .field("priority", .atMost, .number(Int64.random(in: 1...4, using: &random)))
                case 2: return .field("queue_id", .isSet, .flag(Bool.random(using: &random)))
                default: return equals
                }
            }
            for number in 1...count {
                let rules = (0..<Int.random(in: 0...3, using: &random)).map { index in
                    IntakeRule(
                        name: "\(number).\(index)",
                        conditions: (0..<Int.random(in: 0...2, using: &random)).map { _ in condition() },
                        keywords: (0..<Int.random(in: 0...2, using: &random)).map { _ in pick(IntakePropertyTests.words) },
                        set: IntakeSetting(
                            queueID: Bool.random(using: &random) ? IntakeTests.id(UInt64.random(in: 1...count + 1, using: &random)) : nil,
                            requiredSkills: [SkillLevel(IntakeTests.skill(number), level: index + 1)],
                            priority: Int.random(in: 0...2, using: &random) == 0 ? pick(Priority.allCases) : nil
                        )
                    )
                }
                queues.append(
                    IntakeTests.queue(
                        number,
                        position: Int.random(in: 0...3, using: &random),
                        match: (0..<Int.random(in: 0...2, using: &random)).map { _ in condition() },
                        rules: rules,
                        isDefault: number == 1 && Bool.random(using: &random),
                        isActive: Int.random(in: 0...4, using: &random) > 0,
                        fallback: Bool.random(using: &random) ? UInt64.random(in: 1...count + 1, using: &random) : nil
                    )
                )
            }
            closed = Set(queues.map(\.id).filter { _ in Bool.random(using: &random) })
            content = TicketContent(
                subject: pick(IntakePropertyTests.words).lowercased() + " " + pick(IntakePropertyTests.words),
                type: pick(IntakePropertyTests.types),
                priority: pick(Priority.allCases),
                queueID: Int.random(in: 0...3, using: &random) == 0 ? IntakeTests.id(UInt64.random(in: 1...count, using: &random)) : nil
            )
        }

        /// The rules read aloud: no copies kept, everything worked out anew at each stop.
        func expected() -> (content: TicketContent, path: [String], rules: [String]) {
            let active = queues.filter(\.isActive)
            var content = content
            var path: [String] = []
            var seen: [QueueID] = []
            var rules: [String] = []
            var next: (QueueID, String)?
            if let named = content.queueID {
                next = active.contains { $0.id == named } ? (named, "named") : nil
            } else {
                for position in 0...3 where next == nil {
                    let here = active.filter { $0.choices.position == position && !$0.choices.match.isEmpty }.sorted { $0.id < $1.id }
                    let chosen = here.first { queue in !queue.choices.match.contains { !$0.isMet(by: content.fieldValues) } }
                    next = chosen.map { ($0.id, "match") }
                }
                if next == nil { next = active.first { $0.isDefault }.map { ($0.id, "default") } }
            }
            while let (id, cause) = next, let queue = active.first(where: { $0.id == id }) {
                next = nil
                content.queueID = id
                path.append("\(id.low) \(cause)")
                seen.append(id)
                let text = content.subject.lowercased() + "|" + content.description.lowercased()
                let winner = queue.choices.rules.first { rule in
                    rule.conditions.allSatisfy { $0.isMet(by: content.fieldValues) }
                        && (rule.keywords.isEmpty || rule.keywords.contains { text.contains($0.lowercased()) })
                }
                if let winner {
                    rules.append(winner.name)
                    content.skills = SkillRequirements(required: content.skills.required + winner.set.requiredSkills)
                    content.priority = winner.set.priority ?? content.priority
                }
                func isOpenTo(_ target: QueueID?) -> QueueID? {
                    guard let target, seen.count < 6, !seen.contains(target), active.contains(where: { $0.id == target }) else { return nil }
                    return target
                }
                if let target = isOpenTo(winner?.set.queueID) {
                    next = (target, "rule")
                } else if closed.contains(id), let target = isOpenTo(queue.fallback) {
                    next = (target, "closed")
                }
            }
            return (content, path, rules)
        }
    }

    @Test func intakeDoesWhatItsRulesSay() {
        var moved = 0
        for seed in UInt64(1)...4_000 {
            let instance = Case(seed: seed)
            let placed = Intake(instance.queues.shuffled()).place(instance.content) { instance.closed.contains($0) }
            let expected = instance.expected()
            #expect(placed.content == expected.content, "seed \(seed)")
            if let record = placed.record {
                #expect(IntakeTests.stops(record) == expected.path, "seed \(seed)")
                #expect(record.rules.map(\.name) == expected.rules, "seed \(seed)")
                #expect(record.path.last?.queueID == placed.content.queueID, "seed \(seed)")
            } else {
                #expect(expected.rules.isEmpty && expected.path.count <= 1, "seed \(seed)")
            }
            if expected.path.count > 2 { moved += 1 }
        }
        #expect(moved > 100)
    }
}
