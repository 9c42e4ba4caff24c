import Testing

@testable import Domain

/// Desk verbs on tickets that are offered (routing.md G: reassign while offered is a rescission).
@Suite struct TransferOfOfferTests {
    private static let rules = TicketRules(lifecycle: .standard)
    private static let (first, second) = (QueueID(high: 1, low: 1), QueueID(high: 1, low: 2))
    private static let (asked, former) = (AgentID(high: 2, low: 1), AgentID(high: 2, low: 2))

    private static func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: 1_800_000_000_000_000 + seconds * 1_000_000) }

    private static func waiting() -> TicketChange {
        let content = TicketContent(subject: "x", queueID: first)
        return rules.create(id: TicketID(high: 3, low: 1), number: 1, content: content, by: .system, at: at(0))
    }

    private static func offered(_ change: TicketChange, at time: Timestamp) throws -> TicketChange {
        try rules.offer(change.after, to: asked, until: time.adding(microseconds: 60_000_000), step: 0, rank: "", others: nil, at: time)
    }

    @Test("A transfer to another queue rescinds the offer, and replaying the history gives the row")
    func transfer() throws {
        let created = Self.waiting()
        let offered = try Self.offered(created, at: Self.at(1))
        let moved = try Self.rules.transfer(offered.after, to: .queue(Self.second), reason: "x", by: .system, at: Self.at(2))
        #expect(moved.events.map(\.payload.kind).contains("ticket.transferred"))
        #expect(moved.after.offer == nil && moved.after.isWaitingForAgent && moved.after.content.queueID == Self.second)
        #expect(moved.after.declinedBy == [] && moved.after.eligibleAt == Self.at(0))
        #expect(Ticket.replay(created.events + offered.events + moved.events) == moved.after)
    }

    @Test("In another queue the rounds begin anew, however the ticket gets there; what was stored before that was so is rebuilt as it was")
    func rounds() throws {
        let created = Self.waiting()
        let round = TicketEvent.Payload.offerRoundEnded(TicketEvent.OfferRoundEnded(round: 3))
        let exhausted = TicketChange(of: created.after, by: .dispatcher, at: Self.at(1), [round])
        let history = created.events + exhausted.events
        var content = exhausted.after.content
        content.queueID = Self.second
        let changes = [
            try Self.rules.transfer(exhausted.after, to: .queue(Self.second), reason: "x", by: .system, at: Self.at(2)),
            try Self.rules.update(exhausted.after, to: content, by: .system, at: Self.at(2)),
            try Self.rules.overflow(exhausted.after, to: Self.second, at: Self.at(2)),
        ]
        for change in changes {
            #expect(change.after.offerRound == 0 && change.after.declinedBy.isEmpty && change.after.content.queueID == Self.second)
            #expect(Ticket.replay(history + change.events) == change.after)
        }
        var edited = exhausted.after.content
        edited.subject = "y"
        #expect(try Self.rules.update(exhausted.after, to: edited, by: .system, at: Self.at(2)).after.offerRound == 3)
        let updated = TicketEvent.Updated(changed: ["queue_id"], before: exhausted.after.content, after: content, reason: nil)
        let former = TicketChange(of: exhausted.after, by: .system, at: Self.at(2), [.updated(updated)])
        #expect(Ticket.replay(history + former.events) == former.after && former.after.offerRound == 3)
    }

    @Test("An edit of what routing went by takes the offer back, another edit does not")
    func edits() throws {
        let offered = try Self.offered(Self.waiting(), at: Self.at(1)).after
        var contents = [offered.content, offered.content, offered.content]
        contents[0].serviceArea = "north"
        contents[1].siteID = SiteID(high: 4, low: 1)
        contents[2].place = GeoPoint(latitudeMicrodegrees: 1_000_000, longitudeMicrodegrees: 1_000_000)
        for content in contents { #expect(try Self.rules.update(offered, to: content, by: .system, at: Self.at(2)).after.offer == nil) }
        var other = offered.content
        other.subject = "y"
        #expect(try Self.rules.update(offered, to: other, by: .system, at: Self.at(2)).after.offer == offered.offer)
    }

    @Test("A withdrawal takes a ticket back that is offered by now")
    func withdraw() throws {
        let created = Self.waiting()
        let assigned = try Self.rules.assign(created.after, to: Self.former, cause: .manual, isOverCapacity: false, by: .system, at: Self.at(1))
        let moved = try Self.rules.transfer(assigned.after, to: .queue(Self.second), reason: "x", by: .agent(Self.former), at: Self.at(2))
        let offered = try Self.offered(moved, at: Self.at(3))
        let history = try #require(TransferHistory(moved.events + offered.events))
        let back = try Self.rules.withdraw(offered.after, history: history, isOverCapacity: false, by: .agent(Self.former), at: Self.at(4))
        #expect(back.after.offer == nil && back.after.assigneeID == Self.former && back.after.content.queueID == Self.first)
        #expect(back.after.state == .assigned)
        #expect(Ticket.replay(created.events + assigned.events + moved.events + offered.events + back.events) == back.after)
    }
}
