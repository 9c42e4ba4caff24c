import Testing

@testable import Domain

/// What conditions of queues and policies may look at.
@Suite struct ConditionFieldTests {
    @Test("Everything that conditions see of a ticket they may name, and nothing else")
    func fields() {
        let content = TicketContent(
            subject: "x",
            description: "It is broken.",
            category: "vpn",
            location: "Oslo",
            serviceArea: "north",
            siteID: SiteID(high: 1, low: 1),
            language: "fr-CA",
            externalReference: "EXT-7",
            requesterID: RequesterID(high: 1, low: 2),
            organizationID: OrganizationID(high: 1, low: 3),
            impact: .high,
            urgency: .low,
            queueID: QueueID(high: 1, low: 4),
            groupID: GroupID(high: 1, low: 5),
            weight: 3,
            skills: SkillRequirements(
                required: [SkillLevel(SkillID(high: 1, low: 6), level: 2)],
                optional: [OptionalSkill(SkillID(high: 1, low: 8), dropRank: 1)]
            ),
            preferredAgentID: AgentID(high: 1, low: 9),
            fields: ["device": .text("router")]
        )
        let values = content.fieldValues(tier: "gold")
        #expect(values.count == 25)
        for name in values.keys.sorted() { #expect(TicketContent.isConditionField(name), "\(name)") }
        for name in ["", "fields.", "sites", "customer.tier", "state", "assignee_id"] { #expect(!TicketContent.isConditionField(name), "\(name)") }
        #expect(TicketCondition.field("skills", .contains, .text("\(SkillID(high: 1, low: 6))")).isMet(by: values))
        #expect(!TicketCondition.field("skills", .contains, .text("\(SkillID(high: 1, low: 7))")).isMet(by: values))
        var intake = QueueIntake()
        intake.match = [.field("site_id", .equals, .text("\(SiteID(high: 1, low: 1))"))]
        #expect(intake.problems(in: nil).isEmpty)
    }

    @Test("Policies may look at everything that conditions see of a ticket, at its state and at who has it")
    func ofTickets() throws {
        let id = TicketID(high: 1, low: 1)
        let created = TicketEvent.Created(number: 1, content: TicketContent(subject: "x"), state: .waitingAssignment)
        let time = Timestamp(microseconds: 0)
        let event = TicketEvent(ticketID: id, sequence: 1, version: 1, at: time, actor: .system, payload: .created(created))
        let waiting = Ticket(created: created, event: event)
        let agent = AgentID(high: 1, low: 9)
        let given = TicketEvent.Assigned(agentID: agent, previousAgentID: nil, cause: .manual, isOverCapacity: false, step: nil, rank: nil)
        let assigned = TicketChange(of: waiting, by: .system, at: time, [.assigned(given)]).after
        #expect(waiting.fieldValues(tier: nil)["assignee_id"] == nil && waiting.fieldValues(tier: nil)["description"] == nil)
        let values = assigned.fieldValues(tier: nil)
        #expect(values["assignee_id"] == .text("\(agent)"))
        for name in values.keys.sorted() { #expect(Ticket.isConditionField(name), "\(name)") }
    }

    @Test(
        "contains looks for a text anywhere in a text, in any case, and for a whole text in a list",
        arguments: [
            ("vpn", true), ("VPN", true), ("the vpn is", true), ("straße", true), ("STRASSE", true), ("不能", true), ("gateway", false), ("", false),
            ("down\nthe", true), ("vpn  is", false),
        ]
    )
    func texts(_ part: String, _ isThere: Bool) {
        let content = TicketContent(subject: "Gateway", description: "In der Straße is it down\nThe VPN is: 打印机不能打印")
        let condition = TicketCondition.field("description", .contains, .text(part))
        #expect(condition.isMet(by: content.fieldValues) == isThere)
        #expect(TicketCondition.not(condition).isMet(by: content.fieldValues) != isThere)
        // Each field is a text of its own.
        #expect(TicketCondition.field("subject", .contains, .text("gate")).isMet(by: content.fieldValues))
        #expect(!TicketCondition.field("priority", .contains, .text("3")).isMet(by: content.fieldValues))
        #expect(!TicketCondition.field("external_ref", .contains, .text("3")).isMet(by: content.fieldValues))
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
