import Domain
import TestSupport
import Testing
import UseCases

/// What waits for the end of somebody's quiet hours is looked at again when they end.
@Suite struct HeldNoticeTests {
    private static let policy = SchedulerDesk.resolutionWithinAnHour

    /// Two tickets of which one person is told in the morning.
    private func night(_ desk: SchedulerDesk, condition: String = "not_acked", ttl: Int? = nil) async throws -> (AgentID, [TicketID]) {
        let person = try await desk.tenant.addAgent()
        try await desk.setQuiet(person)
        try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 86_400, condition: condition), ttl: ttl))
        let tickets = [try await desk.create(TicketContent(subject: "One")), try await desk.create(TicketContent(subject: "Two"))]
        try await desk.advance(by: 3_601)
        #expect(try await desk.fire().escalations[.fired] == 2)
        #expect(try await desk.mailboxes() == [])
        return (person, tickets)
    }

    @Test("Of a ticket that was solved overnight nobody is told, and it is recorded why; of one that is open somebody is")
    func solved() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (person, tickets) = try await night(desk)
            try await desk.resolve(tickets[0])
            try await desk.advanceToMorning()
            let report = try await desk.release()
            #expect(report.sent == 1 && report.dropped == [.solved: 1])
            let sent = try await desk.deliverMails()
            #expect(sent.map(\.to) == [[desk.address(person)]])
            #expect(sent.first?.subject.hasSuffix("Escalation level 1: Two") == true)
            let drops = try await desk.drops()
            #expect(drops.count == 1)
            #expect(drops.first?.hasPrefix("the ticket is solved or closed (ticket \(tickets[0]), event ") == true)
            #expect(drops.first?.hasSuffix(", agent \(person))") == true)
            #expect(try await desk.release().claimed == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.held_notice") == 0)
        }
    }

    @Test("A ticket whose row cannot be read keeps no other's notice from going out")
    func unreadableTicket() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (_, tickets) = try await night(desk)
            try await desk.database.sql(#"UPDATE docket.ticket SET fields = '{"a":[1]}' WHERE id = '\#(tickets[0])'"#)
            try await desk.advanceToMorning()
            let report = try await desk.release()
            #expect(report.sent == 1 && report.dropped == [.unreadable: 1])
            #expect(try await desk.deliverMails().map { $0.subject.hasSuffix(": Two") } == [true])
            #expect(try await desk.drops().allSatisfy { $0.contains("\(tickets[0])") })
        }
    }

    @Test("A ticket that was solved and reopened is missed still")
    func reopened() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (_, tickets) = try await night(desk)
            try await desk.resolve(tickets[0])
            _ = try await desk.commands.transition(TicketRequest(tickets[0], in: desk.tenant.id, by: .system), to: .inProgress, isWithoutAgent: true)
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 2)
        }
    }

    @Test("Of a ticket that was merged, and of an acknowledged escalation, nobody is told")
    func mergedOrAcknowledged() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (_, tickets) = try await night(desk)
            _ = try await desk.commands.merge(TicketRequest(tickets[0], in: desk.tenant.id, by: .system), into: tickets[1])
            #expect(try await desk.acknowledge(tickets[1]) == 1)
            try await desk.advanceToMorning()
            #expect(try await desk.release().dropped == [.merged: 1, .acknowledged: 1])
            #expect(try await desk.deliverMails() == [])
        }
    }

    @Test("An acknowledgement that has lapsed by the morning hides nothing, nor one of a level for the unresolved", arguments: [nil, 3_600])
    func acknowledgedInVain(ttl: Int?) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (_, tickets) = try await night(desk, condition: ttl == nil ? "not_resolved" : "not_acked", ttl: ttl)
            #expect(try await desk.acknowledge(tickets[0]) == 1)
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 2)
        }
    }

    @Test("A target that was really missed is told of, also where it was met late; a warning of one that was kept is not", arguments: [true, false])
    func metOvernight(isMissed: Bool) async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (person, agent) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            try await desk.setQuiet(person)
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 86_400)))
            let ticket = try await desk.create()
            try await desk.advance(by: isMissed ? 3_601 : 1_801)
            _ = try await desk.fire()
            try await desk.reply(to: ticket, by: agent)
            try await desk.advanceToMorning()
            let report = try await desk.release()
            #expect(report.sent == (isMissed ? 1 : 0))
            #expect(report.dropped == (isMissed ? [:] : [.kept: 1]))
        }
    }

    @Test("It goes to the present address, and to nobody who has left")
    func addresses() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let people = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            for person in people { try await desk.setQuiet(person) }
            try await desk.addChain(desk.chain(desk.level(desk.target(people[0]), desk.target(people[1]))))
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            try await desk.database.sql(
                """
                UPDATE docket.agent SET email = 'new@example.com' WHERE id = '\(people[0])';
                UPDATE docket.agent SET active = false WHERE id = '\(people[1])';
                """
            )
            try await desk.advanceToMorning()
            #expect(try await desk.release().dropped == [.left: 1])
            #expect(try await desk.deliverMails().map(\.to) == [["new@example.com"]])
        }
    }

    @Test("Where it is quiet still, because the hours were changed, it waits on")
    func postponed() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (person, _) = try await night(desk)
            try await desk.setQuiet(person, until: 15)
            try await desk.advanceToMorning()
            let report = try await desk.release()
            #expect(report.postponed == 2 && report.sent == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.held_notice WHERE due_at > docket.now()") == 2)
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 2)
        }
    }

    @Test(
        "By an endpoint as well; by the next channel where that is disabled by then, or deleted",
        arguments: [nil, "UPDATE docket.webhook_endpoint SET status = 'disabled'", "DELETE FROM docket.webhook_endpoint"]
    )
    func endpoint(change: String?) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let pager = try await desk.addEndpoint()
            try await desk.setQuiet(person, channels: #"{"type":"webhook","id":"\#(pager)"},{"type":"email"}"#)
            try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox") == 0)
            if let change { try await desk.database.sql(change) }
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 1)
            #expect(try await desk.deliver(to: pager).count == (change == nil ? 1 : 0))
            #expect(try await desk.deliverMails().map(\.to) == (change == nil ? [] : [[desk.address(person)]]))
        }
    }

    @Test(
        "Of two with one endpoint, one of whom is told at night, the other is told in the morning",
        arguments: ["ticket.closed", "escalation.fired"]
    )
    func sharedEndpoint(subscription: String) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (awake, asleep) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let pager = try await desk.addEndpoint(events: "{\(subscription)}")
            let channels = #"{"type":"webhook","id":"\#(pager)"}"#
            try await desk.setQuiet(asleep, channels: channels)
            try await desk.setQuiet(awake, until: 1, channels: channels)
            try await desk.addChain(desk.chain(desk.level(desk.target(awake), desk.target(asleep))))
            let ticket = try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            let night = try await desk.deliver(to: pager)
            #expect(night.count == 1)
            #expect(night.first?.text.contains(#""notified":["\#(awake)"]"#) == true)
            #expect(night.first?.text.contains(#""told_later":["\#(asleep)"]"#) == true)
            guard case .escalated(let level) = try await desk.history(of: ticket).last?.payload else { throw UseCaseError.notFound }
            #expect(level.notified == [awake, asleep] && level.toldLater == [asleep])
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 1)
            let morning = try await desk.deliver(to: pager)
            #expect(morning.count == 1 && morning.first?.lease.id != night.first?.lease.id)
            #expect(morning.first?.text.contains(#""notified":["\#(asleep)"]"#) == true)
            #expect(morning.first?.text.contains(#""told_later":[]"#) == true)
        }
    }

    @Test("Whom a batch has no room for gets one mail with the next, and not two")
    func batches() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let people = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            for person in people { try await desk.setQuiet(person) }
            try await desk.addChain(desk.chain(desk.level(desk.target(people[0]), desk.target(people[1]))))
            for _ in 0..<2 { try await desk.create() }
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            try await desk.advanceToMorning()
            let first = try await desk.release(limit: 3)
            #expect(first.sent == 2 && first.hasMore)
            let second = try await desk.release(limit: 3)
            #expect(second.sent == 2 && !second.hasMore)
            let sent = try await desk.deliverMails()
            #expect(sent.flatMap(\.to).sorted() == people.map { desk.address($0) }.sorted())
            #expect(sent.allSatisfy { $0.subject == "[Docket] 2 notices" })
            // One who is too many by himself is taken up all the same.
            for _ in 0..<3 { try await desk.create() }
            try await desk.database.sql("UPDATE docket.agent SET active = id = '\(people[0])'")
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            try await desk.advanceToMorning()
            #expect(try await desk.release(limit: 2).sent == 2)
            #expect(try await desk.release(limit: 2).sent == 1)
        }
    }

    @Test("Schedulers find out by themselves when somebody's quiet hours end")
    func discovery() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (person, _) = try await night(desk)
            let timers = desk.timers
            #expect(try await timers.discover().tenants == [])
            let wait = try #require(try await timers.discover().untilNext)
            #expect((36_000_000_000...43_200_000_000).contains(wait))
            try await desk.advanceToMorning()
            #expect(try await timers.discover().tenants == [desk.tenant.id])
            try await desk.withSchedulers([desk.scheduler]) {
                try await desk.eventually("told") { try await desk.number("SELECT count(*) FROM docket.outbox") == 1 }
            }
            let sent = try await desk.deliverMails()
            #expect(sent.map(\.to) == [[desk.address(person)]] && sent.map(\.subject) == ["[Docket] 2 notices"])
        }
    }
}
