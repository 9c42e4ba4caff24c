import Domain
import Store
import TestSupport
import Testing
import UseCases

/// In what order a queue's tickets are taken (routing.md A), and whom they prefer (routing.md D), against the tables.
@Suite struct QueueOrderTests {
    private static func configure(_ desk: RoutingDesk, _ assignments: String) async throws {
        try await desk.database.sql(
            "UPDATE docket.queue SET \(assignments); UPDATE docket.tenant_configuration SET version = version + 1"
        )
    }

    private static func addRequester(_ desk: RoutingDesk, isVIP: Bool = false) async throws -> RequesterID {
        let id: RequesterID = IdentifierSource().next()
        try await desk.database.sql(
            """
            INSERT INTO docket.requester (tenant_id, id, name, email, vip, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', '\(id)', 'R', '\(id)@example.com', \(isVIP), docket.now(), docket.now())
            """
        )
        return id
    }

    private static func create(
        _ desk: RoutingDesk,
        from requester: RequesterID? = nil,
        priority: Priority = .p3,
        wishing skills: [SkillID] = []
    ) async throws -> TicketID {
        let wishes = SkillRequirements(optional: skills.map { OptionalSkill($0, dropRank: 1) })
        let content = TicketContent(subject: "x", requesterID: requester, skills: wishes)
        let outcome = try await desk.commands.create(NewTicket(content: content, priority: priority), in: desk.tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after.id
    }

    @Test("A VIP's ticket goes ahead by the queue's boost and no further, and is of another class")
    func vipBoost() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await Self.configure(desk, "vip_boost_minutes = 10")
            let vip = try await Self.addRequester(desk, isVIP: true)
            let old = try await Self.create(desk)
            try await desk.database.advanceClock(by: 540)
            desk.api.clock.invalidate()
            _ = try await Self.create(desk)
            let ahead = try await Self.create(desk, from: vip)
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 2)
            _ = try await desk.tenant.addAgent(capacity: 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [ahead])
            try await desk.database.advanceClock(by: 120)
            desk.api.clock.invalidate()
            _ = try await Self.create(desk, from: vip)
            _ = try await desk.tenant.addAgent(capacity: 2)
            #expect(try await desk.pass().assigned.map(\.ticket).first == old)
        }
    }

    @Test("By deadline the ticket whose promise falls due first is first; one without a promise by the default target")
    func deadline() async throws {
        try await RoutingDesk.with { desk in
            try await Self.configure(desk, "order_by = 'deadline', default_target_seconds = 5000")
            try await desk.tenant.addPolicy(
                """
                {"name":"p","targets":[{"metric":"resolution","priority":1,"seconds":9000,"mode":"calendar"},
                    {"metric":"resolution","priority":2,"seconds":100,"mode":"calendar"}]}
                """
            )
            let late = try await Self.create(desk, priority: .p1)
            let middle = try await Self.create(desk, priority: .p3)
            let soon = try await Self.create(desk, priority: .p2)
            let due = try await desk.database.sql(
                """
                SELECT r.ticket_id, r.rank_at = coalesce((SELECT min(t.due_at) FROM docket.sla_timer t WHERE t.ticket_id = r.ticket_id),
                    r.eligible_at + interval '5000 s') FROM docket.routing_entry r ORDER BY r.rank_at
                """
            )
            #expect(due == [soon, middle, late].map { [$0.description, "t"] })
            // Another priority is another promise: the place changes with it.
            let ticket = try await desk.ticket(late)
            let request = TicketRequest(late, in: desk.tenant.id, by: .system, expectedVersion: ExpectedVersions(ticket.version))
            _ = try await desk.commands.update(request, reason: "test") { before in
                var content = before
                content.priority = .p2
                return content
            }
            _ = try await desk.tenant.addAgent(capacity: 3)
            #expect(try await desk.pass().assigned.map(\.ticket) == [late, soon, middle])
        }
    }

    @Test("By deadline a ticket that relaxation helps is found behind one of its kind that it does not help yet")
    func deadlineAndSteps() async throws {
        try await RoutingDesk.with(steps: #"[{"after":600,"drop_from":1}]"#, hasTestClock: true) { desk in
            let skill = try await desk.tenant.addSkill("rare")
            try await desk.tenant.addPolicy(
                """
                {"name":"p","conditions":{"field":"type","op":"equals","value":"incident"},
                    "targets":[{"metric":"resolution","seconds":100000,"mode":"calendar"}]}
                """
            )
            try await Self.configure(desk, "order_by = 'deadline', default_target_seconds = 1000")
            // The older one is due later, as it has a promise.
            let older = try await Self.create(desk, wishing: [skill])
            try await desk.database.advanceClock(by: 300)
            desk.api.clock.invalidate()
            let content = TicketContent(
                subject: "x",
                type: "order",
                skills: SkillRequirements(optional: [OptionalSkill(skill, dropRank: 1)])
            )
            _ = try await desk.commands.create(NewTicket(content: content, priority: .p3), in: desk.tenant.id, by: .system)
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 1)
            _ = try await desk.addBusyAgent(skills: [SkillLevel(skill, level: 1)])
            _ = try await desk.tenant.addAgent(capacity: 5)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.database.advanceClock(by: 301)
            let due = try await desk.pass(limit: 1, isStepDue: true)
            #expect(due.hasMore)
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 2)
            #expect(try await desk.pass(limit: 1).assigned.map(\.ticket) == [older])
            #expect(!(try await desk.pass(limit: 1)).hasMore)
        }
    }

    @Test("By deadline a pass leaves the reasons to the one that follows it because a step came of a ticket that it did not read")
    func reasonsAfterSteps() async throws {
        try await RoutingDesk.with(steps: #"[{"after":600,"drop_from":1}]"#, hasTestClock: true) { desk in
            let skill = try await desk.tenant.addSkill("rare")
            try await desk.tenant.addPolicy(
                """
                {"name":"p","conditions":{"field":"type","op":"equals","value":"incident"},
                    "targets":[{"metric":"resolution","seconds":100000,"mode":"calendar"}]}
                """
            )
            try await Self.configure(desk, "order_by = 'deadline', default_target_seconds = 1000")
            // The older one is due later, as it has a promise.
            _ = try await Self.create(desk, wishing: [skill])
            try await desk.advance(by: 300)
            let content = TicketContent(
                subject: "x",
                type: "order",
                skills: SkillRequirements(optional: [OptionalSkill(skill, dropRank: 1)])
            )
            _ = try await desk.commands.create(NewTicket(content: content, priority: .p3), in: desk.tenant.id, by: .system)
            _ = try await desk.addBusyAgent(skills: [SkillLevel(skill, level: 1)])
            _ = try await desk.addBusyAgent()
            try await desk.advance(by: 301)
            let recorded = "SELECT count(*) FROM docket.routing_refusal"
            let due = try await desk.pass(limit: 1, isStepDue: true)
            #expect(due.hasMore && due.waitReasons == [:])
            #expect(try await desk.number(recorded) == 0)
            var reasons: [String: Int] = [:]
            var hasMore = true
            while hasMore {
                let pass = try await desk.pass(limit: 1)
                reasons.merge(pass.waitReasons, uniquingKeysWith: +)
                hasMore = pass.hasMore
            }
            #expect(try await desk.number(recorded) == 2)
            #expect(reasons.values.reduce(0, +) == 2)
        }
    }

    @Test("By deadline a ticket that has waited long enough for its preferred agent is found behind a newer one that goes on waiting for him")
    func deadlineAndStickyWait() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(
                """
                {"name":"p","conditions":{"field":"type","op":"equals","value":"incident"},
                    "targets":[{"metric":"resolution","seconds":100000,"mode":"calendar"}]}
                """
            )
            try await Self.configure(desk, "order_by = 'deadline', default_target_seconds = 1000, sticky_days = 2, sticky_wait_seconds = 600")
            let preferred = try await desk.addBusyAgent()
            let other = try await desk.tenant.addAgent(capacity: 5)
            func create(_ type: String) async throws -> TicketID {
                let content = TicketContent(subject: "x", type: type, preferredAgentID: preferred)
                guard case .done(let change) = try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system) else {
                    throw UseCaseError.busy
                }
                return change.after.id
            }
            // The older one is due later, as it has a promise.
            let older = try await create("incident")
            try await desk.advance(by: 300)
            let newer = try await create("order")
            let classes = "SELECT count(DISTINCT class_key) FROM docket.routing_entry"
            #expect(try await desk.number(classes) == 1)
            #expect(try await desk.pass(limit: 1).assigned.isEmpty)
            try await desk.advance(by: 301)
            #expect(try await desk.pass(limit: 1, isStepDue: true).hasMore)
            #expect(try await desk.number(classes) == 2)
            let given = try await desk.pass(limit: 1).assigned
            #expect(given.map(\.ticket) == [older] && given.map(\.agent) == [other])
            #expect(try await desk.ticket(newer).assigneeID == nil)
            // An entry that is written anew is of the class of its time, too.
            try await desk.advance(by: 301)
            let request = TicketRequest(newer, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.addMessage(request, visibility: .internal, author: .system, body: "x")
            #expect(try await desk.number("SELECT class_step FROM docket.routing_entry") == 1)
        }
    }

    @Test("A new ticket prefers the last agent of its requester, if the queue asks for him, he is not too long ago, and nobody else was named")
    func sticky() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let requester = try await Self.addRequester(desk)
            let first = try await Self.create(desk, from: requester)
            let agent = try await desk.tenant.addAgent()
            _ = try await desk.pass()
            #expect(try await desk.ticket(first).assigneeID == agent)
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == nil)
            try await Self.configure(desk, "sticky_days = 2, sticky_wait_seconds = 600")
            let second = try await Self.create(desk, from: requester)
            #expect(try await desk.ticket(second).content.preferredAgentID == agent)
            #expect(try await desk.ticket(Self.create(desk)).content.preferredAgentID == nil)
            let other = try await desk.tenant.addAgent()
            let named = TicketContent(subject: "x", requesterID: requester, preferredAgentID: other)
            guard case .done(let change) = try await desk.commands.create(NewTicket(content: named), in: desk.tenant.id, by: .system) else { return }
            #expect(change.after.content.preferredAgentID == other)
            try await desk.database.advanceClock(by: 2 * 86_400 + 60)
            desk.api.clock.invalidate()
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == nil)
        }
    }

    @Test(
        "The last agent of a requester is whom one of his tickets was given last, however old that ticket is, and however much was written about it since"
    )
    func lastAssignment() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await Self.configure(desk, "sticky_days = 2")
            let requester = try await Self.addRequester(desk)
            let (old, new) = (try await Self.create(desk, from: requester), try await Self.create(desk, from: requester))
            let (first, second) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let system = { (id: TicketID) in TicketRequest(id, in: desk.tenant.id, by: .system) }
            _ = try await desk.commands.assign(system(old), to: second)
            _ = try await desk.commands.assign(system(new), to: first)
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == first)
            // The older ticket was made too long ago, and is given to somebody now.
            try await desk.advance(by: 3 * 86_400)
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == nil)
            _ = try await desk.commands.assign(system(old), to: first)
            try await desk.advance(by: 60)
            _ = try await desk.commands.assign(system(new), to: second)
            try await desk.advance(by: 60)
            _ = try await desk.commands.transfer(system(old), to: TransferTo(.agent(second)), reason: "x")
            try await desk.advance(by: 60)
            _ = try await desk.commands.assign(system(new), to: first)
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == first)
            try await desk.advance(by: 60)
            _ = try await desk.commands.assign(system(old), to: first)
            _ = try await desk.commands.assign(system(old), to: second)
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == second)
            // So much was written that the assignment is not found any more: the ticket is in his hands yet.
            try await desk.advance(by: 60)
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                    SELECT t.tenant_id, t.id, t.last_seq + n, docket.now(), pg_current_xact_id(), t.version, 'ticket.message_added', 'system', NULL, '{}'
                    FROM docket.ticket t, generate_series(1, \(FindLastAgent.eventDepth)) n WHERE t.id = '\(new)';
                UPDATE docket.ticket SET last_seq = last_seq + \(FindLastAgent.eventDepth), updated_at = docket.now() WHERE id = '\(new)';
                """
            )
            #expect(try await desk.ticket(Self.create(desk, from: requester)).content.preferredAgentID == first)
        }
    }

    @Test("A ticket waits for its preferred agent while he is full, and no longer than the queue says")
    func stickyWait() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await Self.configure(desk, "sticky_days = 2, sticky_wait_seconds = 600")
            let requester = try await Self.addRequester(desk)
            _ = try await Self.create(desk, from: requester)
            let agent = try await desk.tenant.addAgent(capacity: 1)
            _ = try await desk.pass()
            let other = try await desk.tenant.addAgent(capacity: 5)
            let held = try await Self.create(desk, from: requester)
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.ticket(held).content.preferredAgentID == agent)
            #expect(try await desk.number("SELECT extract(epoch FROM next_step_at - eligible_at)::int FROM docket.routing_entry") == 600)
            try await desk.database.advanceClock(by: 601)
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [other])
        }
    }
}
