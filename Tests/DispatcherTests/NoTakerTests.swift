import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that nobody took in all rounds of offers, where the queue lets them wait for a claim (routing.md G).
@Suite struct NoTakerTests {
    private struct Scene {
        let desk: RoutingDesk
        let agent: AgentID
        /// Nobody took it.
        let ticket: TicketID

        func request(by actor: Actor = .system) -> TicketRequest { TicketRequest(ticket, in: desk.tenant.id, by: actor) }

        func edit(_ change: @escaping @Sendable (inout QueueContent) -> Void) async throws {
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { before in
                var content = before
                change(&content)
                return content
            }
        }

        func status() async throws -> QueueStatus {
            try await DirectoryQueries(environment: desk.api).status(of: desk.tenant.queue, in: desk.tenant.id)
        }
    }

    private static func with(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.askFor(seconds: 60, noTaker: "wait")
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            for _ in 1...TicketOffer.maximumRounds {
                _ = try await desk.pass()
                _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
                _ = try await desk.pass()
                try await desk.advance(by: 61)
                _ = try await desk.pass(isStepDue: true)
            }
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.history(of: id).last?.payload.kind == "ticket.no_taker")
            try await body(Scene(desk: desk, agent: agent, ticket: id))
        }
    }

    private static func addQueue(to desk: RoutingDesk, member: AgentID) async throws -> QueueID {
        let queue: QueueID = IdentifierSource().next()
        try await desk.database.sql(
            """
            INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at, offer_seconds, no_taker)
                VALUES ('\(desk.tenant.id)', '\(queue)', 'Second', docket.now(), docket.now(), 60, 'wait');
            INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(queue)');
            INSERT INTO docket.queue_member (tenant_id, queue_id, agent_id, tier) VALUES ('\(desk.tenant.id)', '\(queue)', '\(member)', 0);
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return queue
    }

    @Test("It waits visibly, hides nobody behind it, and is his who claims it")
    func waits() async throws {
        try await Self.with { scene in
            let (desk, id) = (scene.desk, scene.ticket)
            #expect(try await desk.waitingCount() == 1)
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.waitsBecause == .noTaker && explanation.winner == nil)
            #expect(try await desk.value("SELECT reasons ->> 'reason' FROM docket.routing_refusal") == "no_taker")
            let waiting = try await scene.status()
            #expect(waiting.waiting[.p3] == 1 && waiting.offered == 0)
            #expect(waiting.oldestEligibleAt == (try await desk.ticket(id).eligibleAt))

            let behind = try await desk.create()
            #expect(try await desk.pass(limit: 1).assigned.map(\.ticket) == [behind])
            let offered = try await scene.status()
            #expect(offered.waiting[.p3] == 1 && offered.offered == 1 && offered.isExact)
            var unit = TenantUnit(desk.tenant.id)
            let faults = unit.add(RoutingFaults(tenant: desk.tenant.id, limit: 10))
            #expect(try await desk.api.database.run(unit).rows(faults).isEmpty)
            _ = try await desk.commands.claim(scene.request(by: .agent(scene.agent)), by: scene.agent)
            #expect(try await desk.ticket(id).assigneeID == scene.agent)
            #expect(try await desk.waitingCount() == 0)
        }
    }

    @Test("Where the queue gives such tickets out from now on, or asks nobody any more, it is given out at once", arguments: [false, true])
    func otherSettings(asksNobody: Bool) async throws {
        try await Self.with { scene in
            try await scene.edit { $0.offers = asksNobody ? nil : QueueOffers(seconds: 60, noTaker: .assign) }
            #expect(try await scene.desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            let report = try await scene.desk.pass()
            #expect(report.assigned.map(\.agent) == [scene.agent] && report.offered == 0)
        }
    }

    @Test("In another queue the agents there are asked, and the history rebuilds the ticket", arguments: [false, true])
    func anotherQueue(isTransferred: Bool) async throws {
        try await Self.with { scene in
            let desk = scene.desk
            let other = try await desk.tenant.addAgent(isOnline: false)
            try await desk.heartbeat(of: other)
            let second = try await Self.addQueue(to: desk, member: other)
            if isTransferred {
                _ = try await desk.commands.transfer(scene.request(), to: TransferTo(.queue(second)), reason: "nobody here")
            } else {
                _ = try await desk.commands.update(scene.request()) { before in
                    var content = before
                    content.queueID = second
                    return content
                }
            }
            let moved = try await desk.ticket(scene.ticket)
            #expect(moved.offerRound == 0)
            #expect(try await desk.passes.run(second, of: desk.tenant.id, limit: 10).offered == 1)
            let ticket = try await desk.ticket(scene.ticket)
            #expect(ticket.offer?.agentID == other)
            #expect(Ticket.replay(try await desk.history(of: scene.ticket)) == ticket)
            let asked = try await RoutingExplanations(environment: desk.api).offers(of: scene.ticket, in: desk.tenant.id)
            #expect(asked?.over == 0 && asked?.asked.map(\.round) == [1, 2, 3, 1])
        }
    }

    @Test("It moves on to the overflow queue, and is asked about there")
    func overflows() async throws {
        try await Self.with { scene in
            let desk = scene.desk
            let other = try await desk.tenant.addAgent(isOnline: false)
            try await desk.heartbeat(of: other)
            let second = try await Self.addQueue(to: desk, member: other)
            try await scene.edit {
                $0.overflowQueueID = second
                $0.overflowAfterSeconds = 60
            }
            while try await desk.pass(isStepDue: true).hasMore {}
            #expect(try await desk.ticket(scene.ticket).content.queueID == second)
            #expect(try await desk.passes.run(second, of: desk.tenant.id, limit: 10).offered == 1)
        }
    }

    @Test("A ticket that was taken from its agent, and waits for others, is told to be nobody's")
    func nobodys() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .waitingCustomer)
            _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) { before in
                var content = before
                content.isActive = false
                return content
            }
            #expect(try await AbsentAgents(environment: desk.dispatcher, failures: .recorded).run() == 1)
            guard case .notRouted(.waitingCustomer) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("it has no agent, and is in no queue")
                return
            }
        }
    }
}
