import Domain
import Testing

/// What conditions of queues and policies may look at.
@Suite struct ConditionFieldTests {
    @Test("Everything that conditions see of a ticket they may name, and nothing else")
    func fields() {
        let content = TicketContent(
            subject: "x",
            category: "vpn",
            location: "Oslo",
            serviceArea: "north",
            siteID: SiteID(high: 1, low: 1),
            language: "fr-CA",
            requesterID: RequesterID(high: 1, low: 2),
            organizationID: OrganizationID(high: 1, low: 3),
            impact: .high,
            urgency: .low,
            queueID: QueueID(high: 1, low: 4),
            groupID: GroupID(high: 1, low: 5),
            skills: SkillRequirements(required: [SkillLevel(SkillID(high: 1, low: 6), level: 2)]),
            fields: ["device": .text("router")]
        )
        let values = content.fieldValues(tier: "gold")
        #expect(values.count == 19)
        for name in values.keys.sorted() { #expect(TicketContent.isConditionField(name), "\(name)") }
        for name in ["", "fields.", "sites", "customer.tier", "state"] { #expect(!TicketContent.isConditionField(name), "\(name)") }
        #expect(TicketCondition.field("skills", .contains, .text("\(SkillID(high: 1, low: 6))")).isMet(by: values))
        #expect(!TicketCondition.field("skills", .contains, .text("\(SkillID(high: 1, low: 7))")).isMet(by: values))
        var intake = QueueIntake()
        intake.match = [.field("site_id", .equals, .text("\(SiteID(high: 1, low: 1))"))]
        #expect(intake.problems(in: nil).isEmpty)
    }

    @Test("Decimals of a ticket's own fields are compared as they are")
    func decimals() {
        func holds(_ number: Double, _ operation: TicketCondition.Operation, _ bound: Int64) -> Bool {
            let content = TicketContent(subject: "A", fields: ["amount": .number(number)])
            return TicketCondition.field("fields.amount", operation, .number(bound)).isMet(by: content.fieldValues)
        }
        #expect(!holds(10_000.99, .atMost, 10_000) && holds(10_000.99, .atMost, 10_001))
        #expect(holds(10_000.99, .atLeast, 10_000) && !holds(10_000.99, .atLeast, 10_001))
        #expect(!holds(-0.5, .atLeast, 0) && holds(-0.5, .atMost, 0) && !holds(10_000.99, .equals, 10_000) && holds(10_000, .equals, 10_000))
        #expect(holds(1e300, .atLeast, .max) && !holds(1e300, .atMost, .max) && holds(-1e300, .atMost, .min) && !holds(-1e300, .atLeast, .min))
    }
}
