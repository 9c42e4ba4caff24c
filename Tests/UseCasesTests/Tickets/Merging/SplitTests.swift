import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A4.11, sla.md "Split".
@Suite struct SplitTests {
    private func messages(_ id: TicketID, _ desk: VerbDesk) async throws -> [TicketMessage] {
        try await desk.queries.messages(of: id, in: desk.tenant.id, after: nil, limit: 100).map(\.message)
    }

    @Test("The new ticket starts at the message's time with the message and the customer, is linked both ways, and both replay")
    func split() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let requester = try await desk.requester()
            let original = try await desk.ticket(of: requester, assignedTo: desk.agents[0])
            try await desk.advance(by: 600)
            _ = try await desk.say(original, .requester(nil), "Another thing")
            try await desk.advance(by: 600)
            let question = try #require(try await messages(original, desk).last)
            let request = SplitRequest(messages: [question.id], subject: "The other thing", description: "d", queueID: desk.secondQueue)
            let made = try desk.done(try await desk.commands.split(TicketRequest(original, in: desk.tenant.id, by: .agent(desk.agents[0])), request))
            #expect(made.links == TicketLinks(splitFrom: original) && made.createdAt == question.createdAt && made.assigneeID == nil)
            #expect(made.content.requesterID == requester && made.content.subject == "The other thing" && made.content.queueID == desk.secondQueue)
            let carried = try #require(try await messages(made.id, desk).first)
            #expect(carried.body == "Another thing" && carried.author == .requester(requester) && carried.createdAt == question.createdAt)
            #expect(try await messages(original, desk).count == 1)
            let timers = try #require(try await desk.ledger(made.id)).promised
            let first = try #require(timers.first { $0.metric == .firstResponse })
            #expect(first.startedAt == question.createdAt && first.dueAt == question.createdAt.adding(microseconds: 3_600_000_000))
            #expect(try await desk.kinds(original, last: 1) == ["ticket.split"])
            #expect(try await desk.relations(original) == [made.id: [.splitInto]])
            #expect(try await desk.relations(made.id) == [original: [.splitFrom]])
            for id in [original, made.id] { try await desk.expectConsistent(id) }
            // Merged back, it is both.
            _ = try await desk.merge(made.id, into: original)
            #expect(try await desk.relations(original) == [made.id: [.mergedFrom, .splitInto]])
            for id in [original, made.id] { try await desk.expectConsistent(id) }
        }
    }

    @Test("What a key splits off is not below the key's floor, and is at no site that takes no new tickets")
    func floorAndSite() async throws {
        try await VerbDesk.with { desk in
            let (site, requester) = (try await desk.site(isActive: false), try await desk.requester())
            let original = try await desk.ticket(of: requester, assignedTo: desk.agents[0])
            try await desk.database.sql("UPDATE docket.ticket SET site_id = '\(site)' WHERE id = '\(original)'")
            _ = try await desk.say(original, .requester(nil), "Another thing")
            let request = SplitRequest(messages: try await messages(original, desk).map(\.id), subject: "The other thing")
            let profile = IntakeProfile(priorityFloor: .p2)
            let made = try desk.done(
                try await desk.commands.split(TicketRequest(original, in: desk.tenant.id, by: .agent(desk.agents[0])), request, profile: profile)
            )
            #expect(made.content.priority == .p2 && made.content.siteID == nil)
            try await desk.expectConsistent(made.id)
        }
    }

    @Test("A conversation that is split off is answered where it was answered; what is due by then is recorded without a notice")
    func conversation() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let original = try await desk.ticket(assignedTo: desk.agents[0])
            for author in [TicketMessage.Author.requester(nil), .agent(desk.agents[0]), .requester(nil)] {
                try await desk.advance(by: 4_000)
                _ = try await desk.say(original, author)
            }
            try await desk.advance(by: 4_000)
            let all = try await messages(original, desk)
            let request = SplitRequest(messages: all.reversed().map(\.id), subject: "All of it")
            let made = try desk.done(try await desk.commands.split(TicketRequest(original, in: desk.tenant.id, by: .system), request))
            #expect(try await messages(made.id, desk).map(\.body) == all.map(\.body))
            let facts = try #require(try await desk.ledger(made.id)).facts
            #expect(facts.firstCustomerMessageAt == all[0].createdAt && facts.firstResponseAt == all[1].createdAt)
            #expect(facts.unansweredSince == all[2].createdAt)
            // Answered after 4,000 s of 3,600, and unsolved after 12,000 of 7,200.
            let rows = try await desk.database.sql(
                "SELECT metric, state FROM docket.sla_timer WHERE ticket_id = '\(made.id)' ORDER BY metric"
            )
            #expect(rows.first == ["first_response", "breached_met"])
            let told = try await desk.database.sql("SELECT count(*) FROM docket.sla_firing WHERE ticket_id = '\(made.id)' AND NOT suppressed")
            #expect(told == [["0"]])
            for id in [original, made.id] { try await desk.expectConsistent(id) }
        }
    }

    @Test("Messages of other tickets, unknown queues, closed and merged tickets are refused, and nothing changes")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let (a, b) = (try await desk.ticket(), try await desk.ticket())
            _ = try await desk.say(a)
            _ = try await desk.say(b)
            let (mine, other) = (try await messages(a, desk)[0].id, try await messages(b, desk)[0].id)
            func split(_ id: TicketID, _ messages: [MessageID], queue: QueueID? = nil) async throws -> CommandOutcome {
                let request = SplitRequest(messages: messages, subject: "x", queueID: queue)
                return try await desk.commands.split(TicketRequest(id, in: desk.tenant.id, by: .system), request)
            }
            try await desk.expectRefusal(.merge(.unknownMessage(1)), of: a) { try await split(a, [mine, other]) }
            await #expect(throws: UseCaseError.self) { _ = try await split(a, [mine], queue: QueueID(high: 1, low: 1)) }
            await #expect(throws: UseCaseError.self) { _ = try await split(TicketID(high: 1, low: 1), [mine]) }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket") == [["2"]])
            _ = try await desk.merge(a, into: b)
            try await desk.expectRefusal(.merge(.merged(into: b)), of: a) { try await split(a, [mine]) }
            try await desk.close(b)
            try await desk.expectRefusal(.closed(.closed), of: b) { try await split(b, [other]) }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket") == [["2"]])
        }
    }

    @Test("The new ticket belongs where its requester belongs now, though the original has not followed him yet")
    func organization() async throws {
        try await VerbDesk.with { desk in
            let (acme, globex) = (try await desk.organization("Acme"), try await desk.organization("Globex"))
            let requester = try await desk.requester()
            try await desk.move(requester, to: acme)
            let original = try await desk.ticket(of: requester)
            _ = try await desk.say(original)
            try await desk.move(requester, to: globex)
            let question = try #require(try await messages(original, desk).last)
            let request = SplitRequest(messages: [question.id], subject: "The other thing")
            let made = try desk.done(try await desk.commands.split(TicketRequest(original, in: desk.tenant.id, by: .system), request))
            #expect(made.content.organizationID == globex)
            #expect(try await desk.row(original).content.organizationID == acme)
            try await desk.expectConsistent(made.id)
        }
    }
}
