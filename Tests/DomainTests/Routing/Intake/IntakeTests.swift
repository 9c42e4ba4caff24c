import Testing

@testable import Domain

/// Which queue a new ticket comes to, and what the rules give it (features.md A3.2).
@Suite struct IntakeTests {
    static func id(_ number: UInt64) -> QueueID { QueueID(high: 7, low: number) }
    static func skill(_ number: UInt64) -> SkillID { SkillID(high: 8, low: number) }

    static func queue(
        _ number: UInt64,
        position: Int = 0,
        match: [TicketCondition] = [],
        rules: [IntakeRule] = [],
        isDefault: Bool = false,
        isActive: Bool = true,
        fallback: UInt64? = nil
    ) -> IntakeQueue {
        IntakeQueue(
            id: id(number),
            isActive: isActive,
            isDefault: isDefault,
            choices: QueueIntake(position: position, match: match, rules: rules),
            fallback: fallback.map(id)
        )
    }

    static func type(_ type: String) -> TicketCondition { .field("type", .equals, .text(type)) }

    static func going(to queue: UInt64, _ name: String = "on", keywords: [String] = []) -> IntakeRule {
        IntakeRule(name: name, keywords: keywords, set: IntakeSetting(queueID: id(queue)))
    }

    static func stops(_ record: IntakeRecord?) -> [String] {
        (record?.path ?? []).map { "\($0.queueID.low) \($0.cause.rawValue)" }
    }

    @Test("The first active queue by position and id whose conditions all hold takes the ticket")
    func matching() {
        let intake = Intake([
            Self.queue(1, isDefault: true),
            Self.queue(2, position: 5, match: [Self.type("incident")]),
            Self.queue(3, position: 1, match: [Self.type("incident"), .field("category", .equals, .text("vpn"))]),
            Self.queue(4, position: 0, match: [Self.type("incident")], isActive: false),
            Self.queue(5, position: 5, match: [Self.type("incident")]),
        ])
        #expect(intake.place(TicketContent(subject: "x", type: "incident")).content.queueID == Self.id(2))
        let both = intake.place(TicketContent(subject: "x", type: "incident", category: "vpn"))
        #expect(both.content.queueID == Self.id(3))
        #expect(Self.stops(both.record) == ["3 match"])
        let none = intake.place(TicketContent(subject: "x", type: "order"))
        #expect(none.content.queueID == Self.id(1))
        #expect(none.record == nil)
        let named = intake.place(TicketContent(subject: "x", type: "incident", queueID: Self.id(5)))
        #expect(named.content.queueID == Self.id(5))
        #expect(named.record == nil)
    }

    @Test("The rules of the next queue see the skills that a rule before gave", arguments: [[], [type("incident")]])
    func skillsOfRules(conditions: [TicketCondition]) {
        let french = SkillLevel(Self.skill(1), level: 2)
        let give = IntakeRule(name: "French", conditions: conditions, set: IntakeSetting(queueID: Self.id(2), requiredSkills: [french]))
        let needsFrench = TicketCondition.field("skills", .contains, .text("\(french.skill)"))
        let raise = IntakeRule(name: "Raise", conditions: [needsFrench], set: IntakeSetting(priority: .p1))
        let intake = Intake([Self.queue(1, rules: [give], isDefault: true), Self.queue(2, rules: [raise])])
        let placed = intake.place(TicketContent(subject: "x", type: "incident"))
        #expect(placed.content.queueID == Self.id(2) && placed.content.priority == .p1)
        #expect(placed.record?.rules.map(\.name) == ["French", "Raise"])
    }

    @Test("Without a match and a default queue there is none")
    func nowhere() {
        let intake = Intake([Self.queue(1, match: [Self.type("order")]), Self.queue(2, isDefault: true, isActive: false)])
        let placed = intake.place(TicketContent(subject: "x"))
        #expect(placed.content.queueID == nil && placed.record == nil)
    }

    @Test(
        "Conditions see what a new ticket is",
        arguments: [
            ("type", FieldValue.text("access")), ("category", .text("vpn")), ("channel", .text("email")), ("language", .text("fr-CA")),
            ("primary_language", .text("fr")), ("location", .text("Paris")), ("requester_vip", .flag(true)), ("priority", .number(2)),
            ("requester_id", .text(RequesterID(high: 1, low: 2).description)), ("fields.plan", .text("gold")), ("fields.seats", .number(12)),
        ]
    )
    func fields(name: String, value: FieldValue) {
        let content = TicketContent(
            subject: "x",
            type: "access",
            channel: .email,
            category: "vpn",
            location: "Paris",
            language: "fr-CA",
            requesterID: RequesterID(high: 1, low: 2),
            isRequesterVIP: true,
            priority: .p2,
            fields: ["plan": .text("gold"), "seats": .number(12)]
        )
        let intake = Intake([Self.queue(1, match: [.field(name, .equals, value)])])
        #expect(TicketContent.isConditionField(name))
        #expect(intake.place(content).content.queueID == Self.id(1))
        #expect(intake.place(TicketContent(subject: "x")).content.queueID == nil)
    }

    @Test("A3.2: of the rules that a ticket meets the first wins, and no other")
    func firstRuleWins() {
        let rules = [
            IntakeRule(name: "other", conditions: [Self.type("order")], set: IntakeSetting(priority: .p4)),
            IntakeRule(name: "printers", keywords: ["printer"], set: IntakeSetting(requiredSkills: [SkillLevel(Self.skill(1), level: 2)])),
            IntakeRule(name: "fire", keywords: ["fire"], set: IntakeSetting(priority: .p1)),
        ]
        let placed = Intake([Self.queue(1, rules: rules, isDefault: true)]).place(TicketContent(subject: "The PRINTER is on fire"))
        #expect(placed.content.priority == .p3)
        #expect(placed.content.skills.required == [SkillLevel(Self.skill(1), level: 2)])
        #expect(placed.record?.rules == [IntakeRecord.Winner(queueID: Self.id(1), position: 1, name: "printers")])
        #expect(Self.stops(placed.record) == ["1 default"])
    }

    @Test("Conditions and keywords of a rule must both hold; it may have neither")
    func conditionsAndKeywords() {
        let rule = IntakeRule(name: "r", conditions: [Self.type("incident")], keywords: ["vpn"], set: IntakeSetting(priority: .p1))
        func priority(_ rule: IntakeRule, _ content: TicketContent) -> Priority {
            Intake([Self.queue(1, rules: [rule], isDefault: true)]).place(content).content.priority
        }
        #expect(priority(rule, TicketContent(subject: "vpn", type: "incident")) == .p1)
        #expect(priority(rule, TicketContent(subject: "vpn", type: "order")) == .p3)
        #expect(priority(rule, TicketContent(subject: "mail", type: "incident")) == .p3)
        #expect(priority(IntakeRule(name: "all", set: IntakeSetting(priority: .p2)), TicketContent(subject: "any")) == .p2)
    }

    @Test("A rule's skills come to the ticket's own; the higher level and the lower drop rank count")
    func skills() {
        let set = IntakeSetting(
            requiredSkills: [SkillLevel(Self.skill(1), level: 2), SkillLevel(Self.skill(2), level: 4)],
            optionalSkills: [OptionalSkill(Self.skill(3), dropRank: 2)]
        )
        let own = SkillRequirements(
            required: [SkillLevel(Self.skill(1), level: 3), SkillLevel(Self.skill(2), level: 1)],
            optional: [OptionalSkill(Self.skill(3), dropRank: 5)]
        )
        let intake = Intake([Self.queue(1, rules: [IntakeRule(name: "r", set: set)], isDefault: true)])
        let skills = intake.place(TicketContent(subject: "x", skills: own)).content.skills
        #expect(skills.required == [SkillLevel(Self.skill(1), level: 3), SkillLevel(Self.skill(2), level: 4)])
        #expect(skills.optional == [OptionalSkill(Self.skill(3), dropRank: 2)])
    }

    @Test("A rule that sets another queue moves the ticket there, and that queue's rules apply next with what was set")
    func moves() {
        let urgent = IntakeRule(name: "urgent", keywords: ["down"], set: IntakeSetting(queueID: Self.id(2), priority: .p1))
        let first = IntakeRule(
            name: "p1",
            conditions: [.field("priority", .equals, .number(1)), .field("queue_id", .equals, .text(Self.id(2).description))],
            set: IntakeSetting(requiredSkills: [SkillLevel(Self.skill(1), level: 5)])
        )
        let placed = Intake([Self.queue(1, rules: [urgent], isDefault: true), Self.queue(2, rules: [first])])
            .place(TicketContent(subject: "Mail", description: "it is down"))
        #expect(placed.content.queueID == Self.id(2))
        #expect(placed.content.priority == .p1)
        #expect(placed.content.skills.required.count == 1)
        #expect(placed.record?.rules.map(\.name) == ["urgent", "p1"])
        #expect(Self.stops(placed.record) == ["1 default", "2 rule"])
    }

    @Test("A circle of rules stops before a queue is entered again, and a chain after five moves")
    func bounds() {
        let circle = Intake([
            Self.queue(1, rules: [Self.going(to: 2)], isDefault: true), Self.queue(2, rules: [Self.going(to: 3)]),
            Self.queue(3, rules: [Self.going(to: 1)]),
        ])
        let round = circle.place(TicketContent(subject: "x"))
        #expect(Self.stops(round.record) == ["1 default", "2 rule", "3 rule"])
        #expect(round.record?.rules.count == 3)
        let chain = Intake((1...9).map { Self.queue($0, rules: [Self.going(to: $0 + 1)], isDefault: $0 == 1) })
        #expect(chain.place(TicketContent(subject: "x")).content.queueID == Self.id(6))
        let gone = Intake([Self.queue(1, rules: [Self.going(to: 2)], isDefault: true), Self.queue(2, isActive: false)])
        #expect(gone.place(TicketContent(subject: "x")).content.queueID == Self.id(1))
    }

    @Test(
        "Keywords are found in whatever case, inside of words, in subject or description",
        arguments: [
            ("VPN", "my vpn fails", true), ("straße", "STRASSE gesperrt", true), ("ΟΔΟΣ", "η οδος", true), ("οδός", "Η ΟΔΌΣ", true),
            ("打印机", "三楼打印机坏了", true), ("принтер", "ПРИНТЕР ГОРИТ", true), ("print", "sprinter", true), ("vpn", "v p n", false),
            ("aab", "aaab", true), ("fire x", "fire", false),
        ]
    )
    func keywords(keyword: String, text: String, isFound: Bool) {
        let intake = Intake([Self.queue(1, rules: [IntakeRule(name: "k", keywords: [keyword], set: IntakeSetting(priority: .p1))], isDefault: true)])
        #expect((intake.place(TicketContent(subject: text)).content.priority == .p1) == isFound)
        #expect((intake.place(TicketContent(subject: "x", description: "so: \(text)!")).content.priority == .p1) == isFound)
    }

    @Test("No keyword reaches from the subject into the description")
    func partsAreApart() {
        let intake = Intake([Self.queue(1, rules: [IntakeRule(name: "k", keywords: ["ab"], set: IntakeSetting(priority: .p1))], isDefault: true)])
        #expect(intake.place(TicketContent(subject: "a", description: "b")).content.priority == .p3)
    }
}
