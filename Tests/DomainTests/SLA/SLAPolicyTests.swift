import Domain
import Testing

@Suite struct SLAPolicyTests {
    private func policy(_ position: Int, id: UInt64, _ conditions: TicketCondition) -> SLAPolicy {
        var definition = SLAPolicyDefinition(name: "P\(id)", targets: [SLAScene.target(.resolution, hours: 1)])
        definition.conditions = conditions
        return SLAPolicy(reference: SLAPolicyReference(id: SLAPolicyID(high: 0, low: id), version: 1), position: position, definition: definition)
    }

    @Test func theFirstByPositionAndIdMatches() {
        let gold = TicketCondition.field("customer.tier", .equals, .text("gold"))
        let matcher = SLAPolicyMatcher([policy(2, id: 1, .all([])), policy(1, id: 9, gold), policy(1, id: 8, gold)])
        #expect(matcher.policy(for: ["customer.tier": .text("gold")])?.reference.id.low == 8)
        #expect(matcher.policy(for: [:])?.reference.id.low == 1)
        #expect(SLAPolicyMatcher([policy(1, id: 9, gold)]).policy(for: [:]) == nil)
    }

    struct Case: Sendable {
        let condition: TicketCondition
        let isMet: Bool
    }

    @Test(arguments: [
        Case(condition: .field("priority", .atMost, .number(2)), isMet: true),
        Case(condition: .field("priority", .atLeast, .number(2)), isMet: false),
        Case(condition: .field("tags", .contains, .text("vip")), isMet: true),
        Case(condition: .field("channel", .oneOf, .list(["email", "web"])), isMet: true),
        Case(condition: .field("channel", .equals, .text("phone")), isMet: false),
        Case(condition: .field("nothing", .isSet, .flag(false)), isMet: true),
        Case(condition: .field("nothing", .equals, .text("")), isMet: false),
        Case(condition: .not(.any([])), isMet: true),
        Case(
            condition: .all([
                .field("vip", .equals, .flag(true)), .any([.field("nothing", .isSet, .flag(true)), .field("vip", .isSet, .flag(true))]),
            ]),
            isMet: true
        ),
    ])
    func conditions(_ example: Case) {
        let fields: [String: FieldValue] = ["priority": .number(1), "tags": .list(["vip"]), "channel": .text("web"), "vip": .flag(true)]
        #expect(example.condition.isMet(by: fields) == example.isMet)
    }

    @Test func theMostExactTargetCounts() {
        let targets = [SLAScene.target(.resolution, hours: 9), SLAScene.target(.resolution, hours: 1, priority: .p1)]
        let definition = SLAPolicyDefinition(name: "P", targets: targets)
        #expect(definition.target(for: .resolution, priority: .p1, stage: nil)?.seconds == 3_600)
        #expect(definition.target(for: .resolution, priority: .p2, stage: nil)?.seconds == 32_400)
        #expect(definition.target(for: .firstResponse, priority: .p1, stage: nil) == nil)
    }

    @Test(arguments: [
        "/targets", "/targets/0/seconds", "/targets/1", "/targets/0/stage", "/warnings/0", "/warnings/1", "/pauses/0", "/conditions",
        "/penalties/0/currency", "/name",
    ])
    func invalidPoliciesNameThePlace(_ pointer: String) throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 1)])
        switch pointer {
        case "/targets": policy.targets = []
        case "/targets/0/seconds": policy.targets = [SLATarget(metric: .resolution, seconds: .max)]
        case "/targets/1": policy.targets.append(SLAScene.target(.resolution, hours: 2))
        case "/targets/0/stage": policy.targets = [SLATarget(metric: .resolution, stage: .confirm, seconds: 1)]
        case "/warnings/0": policy.warnings = [.percent(100)]
        case "/warnings/1": policy.warnings = [.percent(50), .percent(50)]
        case "/pauses/0": policy.pauses = [try JSON.decode(SLAPause.self, #"{"metric": "resolution"}"#)]
        case "/conditions": policy.conditions = .field("priority", .atLeast, .text("1"))
        case "/penalties/0/currency": policy.penalties = [SLAPenaltyBand(metric: .resolution, overSeconds: 0, amount: 1, currency: "euro")]
        default: policy.name = ""
        }
        let error = #expect(throws: SLAPolicyError.self) { try policy.validate() }
        #expect(error?.pointer == pointer)
    }

    @Test func calendarsAreChosenInOrder() {
        let ids = (1...4).map { CalendarID(high: 0, low: $0) }
        #expect(SLACalendarChoice(policy: ids[0], organization: ids[1], queue: ids[2], tenant: ids[3]).calendar == ids[0])
        #expect(SLACalendarChoice(policy: nil, organization: nil, queue: ids[2], tenant: ids[3]).calendar == ids[2])
        #expect(SLACalendarChoice(policy: nil).calendar == nil)
    }

    @Test(arguments: [
        (TicketCondition.field("a", .oneOf, .list(Array(repeating: "x", count: 101))), "/conditions/value"),
        (
            .all([.field("a", .isSet, .flag(true)), .not(.field("a", .equals, .text(String(repeating: "ü", count: 201))))]),
            "/conditions/all/1/not/value"
        ),
        (.any([.field("a", .oneOf, .list(["x", String(repeating: "y", count: 201)]))]), "/conditions/any/0/value/1"),
        (.all(Array(repeating: .field("a", .isSet, .flag(true)), count: 100)), "/conditions"),
    ])
    func conditionsAreBounded(_ condition: TicketCondition, pointer: String) {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 1)])
        policy.conditions = condition
        #expect { try policy.validate() } throws: { ($0 as? SLAPolicyError)?.pointer == pointer }
        policy.conditions = .field("a", .oneOf, .list(Array(repeating: String(repeating: "ü", count: 200), count: 100)))
        #expect(throws: Never.self) { try policy.validate() }
    }
}
