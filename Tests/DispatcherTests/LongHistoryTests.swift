import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Batches of tickets to which nothing was promised so far, some of them with long histories: their clocks are made from their events.
@Suite struct LongHistoryTests {
    private static func with(_ body: @Sendable (RoutingDesk) async throws -> Void) async throws {
        try await RoutingDesk.with { desk in
            // All of them lie before the policy.
            _ = try await desk.tenant.addAgent(capacity: 10)
            try await body(desk)
        }
    }

    /// The first policy looks at who has the ticket.
    private static func addPolicy(_ desk: RoutingDesk) async throws {
        let agent = try await desk.value("SELECT id FROM docket.agent")
        try await desk.tenant.addPolicy(
            #"""
            {"name":"P","conditions":{"field":"assignee_id","op":"equals","value":"\#(agent)"},
                "targets":[{"metric":"first_response","seconds":1800,"mode":"calendar"},{"metric":"resolution","seconds":3600,"mode":"calendar"}]}
            """#
        )
    }

    /// So many events that concern no clock, behind the commands' back.
    private static func fill(_ desk: RoutingDesk, _ id: TicketID, with count: Int) async throws {
        try await desk.say(in: id, by: .system)
        try await desk.database.sql(
            """
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                SELECT e.tenant_id, e.ticket_id, e.seq + n, e.at, e.xid, e.version, e.kind, e.actor_kind, e.actor_id, e.data
                FROM docket.ticket_event e JOIN docket.ticket t ON t.id = e.ticket_id AND t.last_seq = e.seq, generate_series(1, \(count)) n
                WHERE e.ticket_id = '\(id)';
            UPDATE docket.ticket SET last_seq = last_seq + \(count) WHERE id = '\(id)';
            """
        )
    }

    private static func passes(_ desk: RoutingDesk, maximumEvents: Int) -> @Sendable () async throws -> RoutingPassReport {
        let passes = RoutingPasses(environment: desk.dispatcher, maximumEvents: maximumEvents)
        return { try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 500) }
    }

    @Test("A batch ends before a ticket with a long history; the next begins with it, and has read it before anything was locked")
    func cut() async throws {
        try await Self.with { desk in
            let ids = [try await desk.create(), try await desk.create(), try await desk.create(), try await desk.create()]
            try await Self.fill(desk, ids[1], with: 60)
            try await Self.fill(desk, ids[3], with: 60)
            // The answer comes after all that.
            try await desk.say(in: ids[1], by: .agent(try #require(AgentID(try await desk.value("SELECT id FROM docket.agent")))))
            try await Self.addPolicy(desk)
            let pass = Self.passes(desk, maximumEvents: 20)
            let first = try await pass()
            #expect(first.assigned.map(\.ticket) == [ids[0]] && first.hasMore && !first.isStalled && first.readAhead == 0)
            let second = try await pass()
            #expect(second.assigned.map(\.ticket) == [ids[1], ids[2]] && second.hasMore)
            // What it takes is a part of the tenant's turn.
            #expect(second.readAhead > 60 && second.effort >= 2 + 60 / 8)
            let third = try await pass()
            #expect(third.assigned.map(\.ticket) == [ids[3]] && third.readAhead > 60)
            #expect(!(try await pass()).hasMore)
            for id in ids {
                try await desk.expectClocks(of: id)
                #expect(try await desk.timer(.resolution, of: id).state == .running)
            }
            // It was given before there was a policy.
            #expect(try await desk.ledger(of: ids[1]).promised.allSatisfy { $0.metric != .firstResponse })
            #expect(try await desk.ledger(of: ids[2]).promised.contains { $0.metric == .firstResponse })
            try await desk.expectNoFinding()
        }
    }

    @Test("A pass that a look has begun and that comes to a long history is made again, and reads it before")
    func begun() async throws {
        try await Self.with { desk in
            let id = try await desk.create()
            try await Self.fill(desk, id, with: 60)
            try await Self.addPolicy(desk)
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            let passes = RoutingPasses(environment: desk.dispatcher, maximumEvents: 20)
            let look = try await BegunPassTests.look(desk, passes: passes)
            #expect(look.begun != nil && look.report?.assigned.map(\.ticket) == [id])
            #expect((look.report?.readAhead ?? 0) > 60)
            try await desk.expectClocks(of: id)
        }
    }

    @Test("Of many tickets with some events each a batch takes as many as it may read")
    func many() async throws {
        try await Self.with { desk in
            let ids = try await desk.create(many: 7)
            for id in ids { try await Self.fill(desk, id, with: 4) }
            try await Self.addPolicy(desk)
            let pass = Self.passes(desk, maximumEvents: 20)
            var given: [Int] = []
            while given.reduce(0, +) < ids.count {
                let report = try await pass()
                try #require(!report.assigned.isEmpty && report.readAhead == 0)
                given.append(report.assigned.count)
            }
            // Created, said, four times more, assigned and moved.
            #expect(given == [2, 2, 2, 1])
            for id in ids { try await desk.expectClocks(of: id) }
            try await desk.expectNoFinding()
        }
    }

    @Test("What somebody writes to a ticket after its history was read belongs to its clocks")
    func meanwhile() async throws {
        try await Self.with { desk in
            let id = try await desk.create()
            try await Self.fill(desk, id, with: 60)
            try await Self.addPolicy(desk)
            let pass = Self.passes(desk, maximumEvents: 20)
            async let said: Void = {
                for _ in 0..<5 { try await desk.say(in: id, by: .requester(nil)) }
            }()
            var isAssigned = false
            while !isAssigned { isAssigned = try await pass().assigned.map(\.ticket) == [id] }
            try await said
            try await desk.expectClocks(of: id)
            try await desk.expectNoFinding()
        }
    }

    @Test("Clocks that were made up to an event go on with those behind it")
    func goesOn() async throws {
        try await Self.with { desk in
            let id = try await desk.create()
            try await Self.fill(desk, id, with: 20)
            let agent = try #require(AgentID(try await desk.value("SELECT id FROM docket.agent")))
            try await desk.say(in: id, by: .agent(agent))
            try await desk.say(in: id, by: .requester(nil))
            let history = try await desk.history(of: id)
            let engine = SLAEngine(context: SLAContext())
            let whole = try engine.replay(history.flatMap { $0.signals(lifecycle: .standard) }).ledger
            for cut in 0...history.count {
                var clocks = ReplayedClocks(engine: engine, lifecycle: .standard)
                clocks.follow(history.prefix(cut))
                #expect(clocks.sequence == cut)
                clocks.follow(history.dropFirst(cut))
                #expect(try clocks.ended().ledger.shortened() == whole.shortened())
            }
        }
    }
}
