import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// "After `closed` a reply makes a follow-up ticket" (sla.md); "reply to merged goes to target" (features.md D24).
@Suite struct FollowUpTests {
    private func last(_ id: TicketID, _ desk: VerbDesk) async throws -> TicketMessage? {
        try await desk.queries.messages(of: id, in: desk.tenant.id, after: nil, limit: 100).last?.message
    }

    @Test("A customer's reply to a closed ticket makes one that follows it, linked both ways; the closed one stays closed")
    func followUp() async throws {
        try await VerbDesk.with { desk in
            let requester = try await desk.requester()
            let closed = try await desk.ticket(of: requester, assignedTo: desk.agents[0])
            try await desk.close(closed)
            let made = try await desk.say(closed, .requester(nil), "Not solved")
            #expect(made.id != closed && made.links == TicketLinks(followUpOf: closed) && made.version == 1 && made.state == .waitingAssignment)
            #expect(made.content.subject == "A test" && made.content.requesterID == requester && made.content.weight == 2)
            let message = try await last(made.id, desk)
            #expect(message?.body == "Not solved" && message?.author == .requester(requester))
            #expect(try await last(closed, desk) == nil)
            #expect(try await desk.row(closed).state == .closed)
            #expect(try await desk.kinds(closed, last: 1) == ["ticket.followed_up"])
            #expect(try await desk.kinds(made.id, last: 9) == ["ticket.created", "ticket.message_added"])
            #expect(try await desk.relations(closed) == [made.id: [.followedUpBy]])
            #expect(try await desk.relations(made.id) == [closed: [.followUpOf]])
            for id in [closed, made.id] { try await desk.expectConsistent(id) }
            // Archived tickets are read-only: what comes then is another one (features.md A4.16).
            _ = try await desk.commands.transition(TicketRequest(closed, in: desk.tenant.id, by: .system), to: .archived)
            #expect(try await desk.say(closed).links.followUpOf == closed)
            #expect(try await desk.relations(closed).count == 2)
        }
    }

    @Test("A follow-up is at no site that takes no new tickets, and speaks the language of whoever asks now")
    func siteAndLanguage() async throws {
        try await VerbDesk.with { desk in
            let (site, first, second) = (try await desk.site(isActive: false), try await desk.requester(), try await desk.requester())
            try await desk.database.sql(
                "UPDATE docket.requester SET language = CASE id WHEN '\(first)' THEN 'zh' ELSE 'fr' END WHERE tenant_id = '\(desk.tenant.id)'"
            )
            let closed = try await desk.ticket(of: first, assignedTo: desk.agents[0])
            #expect(try await desk.row(closed).content.language == "zh")
            try await desk.database.sql("UPDATE docket.ticket SET site_id = '\(site)' WHERE id = '\(closed)'")
            try await desk.close(closed)
            let own = try await desk.say(closed, .requester(first), "Not solved")
            #expect(own.links.followUpOf == closed && own.content.siteID == nil && own.content.language == "zh")
            let others = try await desk.say(closed, .requester(second), "Neither for me")
            #expect(others.content.requesterID == second && others.content.language == "fr")
            // So it is where somebody sets another requester; a language that was given stays.
            for (language, expected) in [(String?.none, "fr"), ("de", "de")] {
                let id = try await desk.ticket(of: first)
                for edit in [{ $0.language = language ?? $0.language }, { $0.requesterID = second }] as [@Sendable (inout TicketContent) -> Void] {
                    _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { before in
                        var content = before
                        edit(&content)
                        return content
                    }
                }
                #expect(try await desk.row(id).content.language == expected)
            }
        }
    }

    @Test("An agent's reply, a note and a reply of nobody's to a closed ticket are refused")
    func refused() async throws {
        try await VerbDesk.with { desk in
            let closed = try await desk.ticket(assignedTo: desk.agents[0])
            try await desk.close(closed)
            for author in [TicketMessage.Author.agent(desk.agents[0]), .system] {
                for visibility in TicketMessage.Visibility.allCases {
                    try await desk.expectRefusal(.closed(.closed), of: closed) {
                        try await desk.commands.addMessage(
                            TicketRequest(closed, in: desk.tenant.id, by: .system),
                            visibility: visibility,
                            author: author,
                            body: "x"
                        )
                    }
                }
            }
            // Somebody who sees this ticket only makes no others.
            try await desk.expectRefusal(.closed(.closed), of: closed) {
                try await desk.commands.addMessage(
                    TicketRequest(closed, in: desk.tenant.id, by: .system),
                    visibility: .public,
                    author: .requester(nil),
                    body: "x",
                    isConfined: true
                )
            }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket") == [["1"]])
        }
    }

    @Test("What the closed ticket points at and what is gone by now is left out; an inactive queue gives way to the default one")
    func gone() async throws {
        try await VerbDesk.with { desk in
            let content = TicketContent(subject: "Old", queueID: desk.secondQueue, groupID: desk.group)
            let closed = try desk.done(try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system)).id
            try await desk.close(closed)
            try await desk.database.sql(
                """
                UPDATE docket.queue SET active = false WHERE id = '\(desk.secondQueue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let made = try await desk.say(closed)
            #expect(made.content.queueID == desk.tenant.queue && made.content.groupID == desk.group)
        }
    }

    @Test("A follow-up has what the key says through which the reply came, and stays a VIP's where the closed ticket came through a VIP's key")
    func profiles() async throws {
        try await VerbDesk.with { desk in
            let requester = try await desk.requester()
            let vip = IntakeProfile(isVIP: true, priorityFloor: .p2)
            for (first, second) in [(IntakeProfile.none, vip), (vip, .none), (vip, vip), (.none, .none)] {
                let new = NewTicket(content: TicketContent(subject: "x", requesterID: requester), priority: .p4, profile: first)
                let closed = try desk.done(try await desk.commands.create(new, in: desk.tenant.id, by: .system)).id
                try await desk.close(closed)
                let outcome = try await desk.commands.addMessage(
                    TicketRequest(closed, in: desk.tenant.id, by: .system),
                    visibility: .public,
                    author: .requester(nil),
                    body: "Not solved",
                    profile: second
                )
                let made = try desk.done(outcome)
                #expect(made.links.followUpOf == closed)
                #expect(made.content.isRequesterVIP == (first.isVIP || second.isVIP))
                #expect(made.content.priority == (first.isVIP || second.isVIP ? .p2 : .p4))
                try await desk.expectConsistent(made.id)
                // Of the second kind, too.
                try await desk.close(made.id)
                #expect(try await desk.say(made.id).content.isRequesterVIP == made.content.isRequesterVIP)
            }
        }
    }

    @Test("A follow-up that is made while its requester moves to another organization waits for that, and belongs there")
    func moving() async throws {
        try await VerbDesk.with { desk in
            let (tenant, requester, globex) = (desk.tenant.id, try await desk.requester(), try await desk.organization("Globex"))
            let closed = try await desk.ticket(of: requester)
            try await desk.close(closed)
            var unit = TenantUnit(tenant)
            let locked = unit.add(LockContent<RequesterContent>(tenant: tenant, id: requester))
            let made = try await desk.environment.database.transaction(unit) { transaction, result in
                let before = try #require(try result.first(locked))
                async let reply = desk.say(closed)
                let isWaiting = try await eventually {
                    try await desk.database.sql(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                    ) == [["1"]]
                }
                #expect(isWaiting)
                var content = before.content
                content.organizationID = globex
                let after = Versioned(
                    id: requester,
                    version: before.version + 1,
                    content: content,
                    createdAt: before.createdAt,
                    updatedAt: before.updatedAt
                )
                var statements = StatementList()
                statements.add(UpdateContent(tenant: tenant, record: after))
                _ = try await transaction.commit(statements)
                return try await reply
            }
            #expect(made.links.followUpOf == closed && made.content.organizationID == globex)
        }
    }

    @Test("A reply to a merged ticket goes to the end of the chain, and where that is closed to a follow-up of it")
    func chain() async throws {
        try await VerbDesk.with { desk in
            var chain: [TicketID] = []
            for _ in 0..<5 { chain.append(try await desk.ticket(assignedTo: desk.agents[0])) }
            for (source, target) in zip(chain, chain.dropFirst()) { _ = try await desk.merge(source, into: target) }
            let (start, end) = (chain[0], chain[4])
            #expect(try await desk.say(start, .requester(nil), "There?").id == end)
            #expect(try await desk.say(start, .agent(desk.agents[0]), "Here.").id == end)
            #expect(try await last(end, desk)?.body == "Here.")
            try await desk.expectRefusal(.merge(.merged(into: chain[1])), of: start) {
                try await desk.commands.addMessage(
                    TicketRequest(start, in: desk.tenant.id, by: .system),
                    visibility: .internal,
                    author: .agent(desk.agents[0]),
                    body: "x"
                )
            }
            for id in chain { try await desk.expectConsistent(id) }
            try await desk.close(end)
            try await desk.expectRefusal(.closed(.closed), of: end) {
                try await desk.commands.addMessage(
                    TicketRequest(start, in: desk.tenant.id, by: .system),
                    visibility: .public,
                    author: .agent(desk.agents[0]),
                    body: "x"
                )
            }
            #expect(try await desk.say(start).links.followUpOf == end)
        }
    }

    @Test("Whoever writes to a merged ticket is its own customer there, too, and in a follow-up")
    func author() async throws {
        try await VerbDesk.with { desk in
            let (mine, other) = (try await desk.requester(), try await desk.requester())
            let (a, b) = (try await desk.ticket(of: mine), try await desk.ticket(of: other))
            let nobodys = try await desk.ticket()
            for id in [a, nobodys] { _ = try await desk.merge(id, into: b) }
            _ = try await desk.say(a)
            #expect(try await last(b, desk)?.author == .requester(mine))
            _ = try await desk.say(nobodys)
            #expect(try await last(b, desk)?.author == .requester(nil))
            try await desk.close(b)
            #expect(try await desk.say(a).content.requesterID == mine)
            #expect(try await desk.say(b).content.requesterID == other)
        }
    }

    @Test("Replies and merges at once: each reply is in the ticket that is answered with, or in a later end of the chain")
    func race() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (try await desk.ticket(), try await desk.ticket(), try await desk.ticket())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await desk.merge(a, into: b)
                    _ = try await desk.merge(b, into: c)
                }
                for number in 0..<8 {
                    group.addTask {
                        let place = try await desk.say(a, .requester(nil), "\(number)").id
                        #expect([a, b, c].contains(place))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket_message") == [["8"]])
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket") == [["3"]])
            for id in [a, b, c] { try await desk.expectConsistent(id) }
        }
    }
}
