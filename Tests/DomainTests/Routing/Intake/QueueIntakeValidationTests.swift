import Testing

@testable import Domain

@Suite struct QueueIntakeValidationTests {
    private func pointers(_ intake: QueueIntake, in queue: QueueID? = nil) -> [String] {
        intake.problems(in: queue).map { "\($0.pointer) \($0.code)" }
    }

    @Test("A full intake is fine")
    func fine() {
        let rule = IntakeRule(
            name: "r",
            conditions: [.any([.field("fields.plan", .isSet, .flag(true)), .not(.field("type", .oneOf, .list(["a"])))])],
            keywords: Array(repeating: "k", count: 50),
            set: IntakeSetting(queueID: IntakeTests.id(2))
        )
        let match = [TicketCondition.field("requester_vip", .equals, .flag(true))]
        let weights = (1...20).map { WeightRule(conditions: match, weight: $0 * 5) }
        let intake = QueueIntake(position: 1_000_000, match: match, rules: Array(repeating: rule, count: 20), weights: weights)
        #expect(pointers(intake, in: IntakeTests.id(1)) == [])
    }

    @Test("Every wrong part is named")
    func wrong() {
        let bad = IntakeRule(
            name: "",
            conditions: [.field("state", .equals, .text("new"))],
            keywords: ["", String(repeating: "k", count: 101)],
            set: IntakeSetting(queueID: IntakeTests.id(1), requiredSkills: (0..<21).map { SkillLevel(IntakeTests.skill($0), level: 1) })
        )
        let intake = QueueIntake(position: -1, match: [.field("type", .contains, .flag(true)), .field("typ", .isSet, .flag(true))], rules: [bad])
        #expect(
            pointers(intake, in: IntakeTests.id(1)) == [
                "/position outOfRange", "/match/0 invalidDefinition", "/match/1 invalidDefinition",
                "/rules/0/conditions/0 invalidDefinition", "/rules/0/name outOfRange", "/rules/0/keywords/0 outOfRange",
                "/rules/0/keywords/1 outOfRange", "/rules/0/set/queue_id conflict", "/rules/0/set/required_skills limitReached",
            ]
        )
    }

    @Test("Weights are bounded, and every wrong one is named")
    func weights() {
        let typo = WeightRule(conditions: [.field("typ", .isSet, .flag(true))], weight: 1)
        let intake = QueueIntake(weights: [WeightRule(weight: 0), WeightRule(weight: 101), WeightRule(weight: 100), typo])
        #expect(pointers(intake) == ["/weights/0/weight outOfRange", "/weights/1/weight outOfRange", "/weights/3/conditions/0 invalidDefinition"])
        #expect(pointers(QueueIntake(weights: Array(repeating: WeightRule(weight: 1), count: 21))) == ["/weights limitReached"])
    }

    @Test("Rules, conditions and keywords are bounded")
    func bounds() {
        let rule = IntakeRule(name: "r", keywords: Array(repeating: "k", count: 51), set: IntakeSetting())
        #expect(pointers(QueueIntake(rules: Array(repeating: rule, count: 101))) == ["/rules limitReached"])
        #expect(pointers(QueueIntake(rules: Array(repeating: rule, count: 20))).last == "/rules limitReached")
        let conditions = Array(repeating: TicketCondition.all([]), count: 21)
        #expect(pointers(QueueIntake(match: conditions)) == ["/match limitReached"])
        let list = TicketCondition.not(.field("type", .oneOf, .list(Array(repeating: "a", count: 101))))
        #expect(pointers(QueueIntake(match: [list])) == ["/match/0/not/value limitReached"])
    }

    @Test(
        "Language tags take their customary case; others are none",
        arguments: [
            ("FR", "fr"), ("zh-hant-tw", "zh-Hant-TW"), ("pt-br", "pt-BR"), ("es-419", "es-419"), ("en-u-ca-GREGORY", "en-u-ca-gregory"),
            ("de-1901", "de-1901"), ("", nil), ("f", nil), ("fr-", nil), ("fr--ca", nil), ("fr_CA", nil), ("12", nil), ("fr-toolongsub", nil),
            ("en-x", nil), ("frä", nil), (String(repeating: "en-", count: 12) + "us", nil),
        ]
    )
    func languages(text: String, canonical: String?) {
        #expect(LanguageTag.canonical(text) == canonical)
    }
}
