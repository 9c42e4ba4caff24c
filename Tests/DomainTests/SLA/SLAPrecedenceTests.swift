import Testing

@testable import Domain

/// Which policy a ticket gets, and why not another (features.md A5.10).
@Suite("SLA precedence") struct SLAPrecedenceTests {
    private static func policy(_ id: UInt64, _ position: Int, _ conditions: TicketCondition) -> SLAPolicy {
        var definition = SLAPolicyDefinition(name: "P\(id)", targets: [SLATarget(metric: .resolution, seconds: 60)])
        definition.conditions = conditions
        return SLAPolicy(reference: SLAPolicyReference(id: SLAPolicyID(high: 0, low: id), version: 1), position: position, definition: definition)
    }

    private static let gold = TicketCondition.field("fields.tier", .equals, .text("gold"))
    private static let matcher = SLAPolicyMatcher([
        policy(1, 30, .all([])),
        policy(2, 20, gold),
        policy(3, 10, .all([gold, .field("priority", .atMost, .number(1))])),
        // Of one position the smaller id goes first.
        policy(5, 20, .not(.field("type", .equals, .text("incident")))),
    ])

    @Test(
        "Customer and priority, then customer, then everybody: the first by position and id whose conditions match",
        arguments: [
            (["fields.tier": FieldValue.text("gold"), "priority": .number(1), "type": .text("incident")], 3),
            (["fields.tier": .text("gold"), "priority": .number(2), "type": .text("incident")], 2),
            (["priority": .number(1), "type": .text("incident")], 1),
            (["priority": .number(1), "type": .text("change")], 5),
        ] as [([String: FieldValue], UInt64)]
    )
    func order(_ fields: [String: FieldValue], _ id: UInt64) {
        #expect(Self.matcher.policy(for: fields)?.reference.id.low == id)
        #expect(Self.matcher.trials(for: fields).last?.policy.id.low == id)
        #expect(Self.matcher.trials(for: fields).last?.failure == nil)
    }

    @Test("Each policy before it tells the first condition that failed, and what the ticket has there")
    func explanation() throws {
        let fields: [String: FieldValue] = ["fields.tier": .text("silver"), "priority": .number(1), "type": .text("incident")]
        let trials = Self.matcher.trials(for: fields)
        #expect(trials.map(\.policy.id.low) == [3, 2, 5, 1])
        #expect(trials.map { $0.failure?.pointer } == ["/conditions/all/0", "/conditions", "/conditions", nil])
        #expect(trials[0].failure?.condition == Self.gold)
        #expect(trials[0].failure?.actual == .text("silver"))
        #expect(trials[2].failure?.actual == .text("incident"))
        // Of a long text its beginning is told.
        let about = TicketCondition.field("description", .contains, .text("printer"))
        let long = FieldValue.text(String(repeating: "打印机 ", count: 10_000))
        let told = SLAPolicyMatcher([Self.policy(1, 1, about)]).trials(for: ["description": long]).first?.failure?.actual
        #expect(told == .text(String(repeating: "打印机 ", count: 50) + "…"))
        #expect(SLAPolicyMatcher([Self.policy(1, 1, Self.gold)]).trials(for: [:]).map { $0.failure?.actual } == [.none])
    }
}
