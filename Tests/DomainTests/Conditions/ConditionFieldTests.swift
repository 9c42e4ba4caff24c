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
            fields: ["device": .text("router")]
        )
        let values = content.fieldValues(tier: "gold")
        #expect(values.count == 18)
        for name in values.keys.sorted() { #expect(TicketContent.isConditionField(name), "\(name)") }
        for name in ["", "fields.", "sites", "customer.tier", "state"] { #expect(!TicketContent.isConditionField(name), "\(name)") }
        var intake = QueueIntake()
        intake.match = [.field("site_id", .equals, .text("\(SiteID(high: 1, low: 1))"))]
        #expect(intake.problems(in: nil).isEmpty)
    }
}
