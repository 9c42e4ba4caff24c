import Domain
import Store
import TestSupport
import Testing
import UseCases

/// An offer takes an agent's turn and a place in his rate limit while it is open; it is an assignment only once it is accepted (routing.md D, F, G).
@Suite struct OfferTurnsTests {
    @Test("What an agent declines or lets pass leaves his rate limit as it was; what he is asked to take and what he accepts counts")
    func rateLimit() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent(capacity: 10)
            try await desk.heartbeat(of: agent, lease: 3_600)
            try await desk.database.sql("UPDATE docket.agent_load SET rate_assignments = 1, rate_minutes = 60")
            let (first, second, third) = (try await desk.create(), try await desk.create(), try await desk.create())
            // One is open: it may be his any moment.
            #expect(try await desk.pass().assigned.map(\.ticket) == [first])
            #expect(try await desk.quietPass().assigned.isEmpty)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL") == 0, "time alone helps nobody")
            _ = try await desk.commands.declineOffer(TicketRequest(first, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            #expect(try await desk.pass().assigned.map(\.ticket) == [second])
            try await desk.advance(by: 61)
            #expect(try await Offers(environment: desk.dispatcher).endDue(failures: .recorded) == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [third])
            #expect(try await desk.number("SELECT cardinality(recent_assignments) + open_offers FROM docket.agent_load") == 1)
            _ = try await desk.commands.acceptOffer(TicketRequest(third, in: desk.tenant.id, by: .agent(agent)), by: agent)
            #expect(try await desk.value("SELECT cardinality(recent_assignments) || ' ' || open_offers FROM docket.agent_load") == "1 0")
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 3_601)
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await desk.pass().assigned.count == 1)
            #expect(try await Self.drift(desk).isEmpty)
        }
    }

    @Test("The turn of who declined is still his; who is asked, or accepted, has had it")
    func turns() async throws {
        try await RoutingDesk.with(mode: "round_robin", hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            try await desk.askFor(seconds: 600)
            let (a, b) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let hours = "CASE agent_id WHEN '\(a)' THEN 2 ELSE 1 END * interval '1 hour'"
            try await desk.database.sql("UPDATE docket.agent_load SET last_assigned_at = docket.now() - \(hours)")
            func ask() async throws -> (ticket: TicketID, agent: AgentID) {
                try await desk.advance(by: 1)
                let id = try await desk.create()
                return (id, try #require(try await desk.pass().assigned.first { $0.ticket == id }).agent)
            }
            let first = try await ask()
            #expect(first.agent == a)
            _ = try await desk.commands.declineOffer(TicketRequest(first.ticket, in: desk.tenant.id, by: .agent(a)), by: a, reason: nil)
            // The declined one goes to b, whose turn this is as long as he is asked.
            #expect(try await desk.pass().assigned.map(\.agent) == [b])
            let second = try await ask()
            #expect(second.agent == a)
            let third = try await ask()
            #expect(third.agent == b)
            try await desk.advance(by: 1)
            _ = try await desk.commands.acceptOffer(TicketRequest(second.ticket, in: desk.tenant.id, by: .agent(a)), by: a)
            #expect(try await ask().agent == b)
            #expect(try await Self.drift(desk).isEmpty)
        }
    }

    @Test("What is offered to somebody and given to him by hand is an assignment; one that is given to another is none of his")
    func byHand() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            try await desk.database.sql("UPDATE docket.agent_load SET rate_assignments = 5, rate_minutes = 60")
            let (first, second) = (try await desk.create(), try await desk.create())
            #expect(try await desk.pass().offered == 2)
            let other = try await desk.tenant.addAgent()
            _ = try await desk.commands.assign(TicketRequest(first, in: desk.tenant.id, by: .system), to: agent)
            _ = try await desk.commands.assign(TicketRequest(second, in: desk.tenant.id, by: .system), to: other)
            let kept = "SELECT cardinality(recent_assignments) || ' ' || open_offers || ' ' || (last_assigned_at IS NOT NULL) FROM docket.agent_load"
            #expect(try await desk.value("\(kept) WHERE agent_id = '\(agent)'") == "1 0 true")
            #expect(try await Self.drift(desk).isEmpty)
        }
    }

    @Test("The doctor finds and mends a number of open offers that is not what the tickets say")
    func doctor() async throws {
        try await RoutingDesk.with { desk in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            _ = try await desk.create()
            #expect(try await desk.pass().offered == 1)
            #expect(try await Self.drift(desk).isEmpty)
            try await desk.database.sql("UPDATE docket.agent_load SET open_offers = 3")
            #expect(try await Self.drift(desk) == [agent])
            var unit = TenantUnit(desk.tenant.id)
            unit.add(LockLoadRows(tenant: desk.tenant.id, agents: [agent]))
            unit.add(RecomputeLoads(tenant: desk.tenant.id, agents: [agent], states: [.assigned, .inProgress]))
            _ = try await desk.api.database.run(unit)
            #expect(try await desk.number("SELECT open_offers FROM docket.agent_load") == 1)
            #expect(try await Self.drift(desk).isEmpty)
        }
    }

    @Test(
        "How long an agent is asked follows the ticket's channel: two minutes at most where somebody is on the line, unless the queue says otherwise",
        arguments: [
            (900, "NULL", [900, 120]), (60, "NULL", [60, 60]), (900, "'{NULL,NULL,NULL,NULL,NULL,NULL,300}'", [900, 300]),
            (900, "'{NULL,30}'", [30, 120]), (nil, "'{NULL,NULL,NULL,NULL,NULL,NULL,45}'", [0, 45]),
        ] as [(Int?, String, [Int])]
    )
    func channels(seconds: Int?, channels: String, expected: [Int]) async throws {
        try await RoutingDesk.with { desk in
            try await desk.database.sql(
                """
                UPDATE docket.queue SET offer_seconds = \(seconds.map(String.init) ?? "NULL"), offer_channel_seconds = \(channels);
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            _ = try await desk.tenant.addAgent()
            var tickets: [TicketID] = []
            for channel in [Channel.email, .phone] {
                let content = TicketContent(subject: "A test", channel: channel)
                let outcome = try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system)
                guard case .done(let change) = outcome else { throw UseCaseError.busy }
                tickets.append(change.after.id)
            }
            let report = try await desk.pass()
            #expect(report.assigned.count == 2 && report.offered == expected.count { $0 > 0 })
            for (id, seconds) in zip(tickets, expected) {
                let ticket = try await desk.ticket(id)
                #expect(ticket.offer.map { Int($0.expiresAt.microseconds(since: $0.offeredAt) / 1_000_000) } ?? 0 == seconds)
                #expect((ticket.assigneeID == nil) == (seconds > 0))
                #expect(Ticket.replay(try await desk.history(of: id)) == ticket)
            }
            #expect(try await Self.drift(desk).isEmpty)
        }
    }

    /// Agents whose load, or number of open offers, is not what their tickets make.
    private static func drift(_ desk: RoutingDesk) async throws -> [AgentID] {
        var unit = TenantUnit(desk.tenant.id)
        let drift = unit.add(LoadDrift(tenant: desk.tenant.id, states: [.assigned, .inProgress], limit: 10))
        return try await desk.api.database.run(unit).rows(drift).map(\.agent)
    }
}
