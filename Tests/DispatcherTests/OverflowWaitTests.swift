import Domain
import Store
import TestSupport
import Testing
import UseCases

/// From when on it counts how long a ticket has waited in its queue.
@Suite struct OverflowWaitTests {
    /// For how long a ticket may wait where it is, from when it came there.
    private static let time = """
        SELECT extract(epoch FROM r.overflow_at - t.queued_at)::int FROM docket.routing_entry r JOIN docket.ticket t ON t.id = r.ticket_id
        """
    private static let seconds = "SELECT extract(epoch FROM queued_at - eligible_at)::int FROM docket.ticket"

    @Test("A ticket that goes back has its time in the queue again, and moves on after it")
    func goesBack() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.advance(by: 700)
            _ = try await desk.commands.release(TicketRequest(id, in: desk.tenant.id, by: .system))
            #expect(try await desk.number(Self.time) == 600)
            try await QueueOverflowTests.settle(desk)
            let waiting = try await desk.ticket(id)
            #expect(waiting.content.queueID == desk.tenant.queue)
            #expect(Ticket.replay(try await desk.history(of: id)) == waiting)
            #expect(try await desk.number(Self.seconds) >= 699)
            // Entries that are written anew say the same.
            try await QueueOverflowTests.set(desk, second, after: 500)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(Self.time) == 500)
            try await desk.advance(by: 501)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
        }
    }

    @Test("So has one that is handed on to the queue, or moves on into it")
    func comesFromAnother() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let third: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(third)', 'Third', docket.now(), docket.now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(third)');
                UPDATE docket.queue SET overflow_queue_id = '\(third)', overflow_after_seconds = 300 WHERE id = '\(second)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
            #expect(try await desk.number(Self.time) == 300)
            try await desk.advance(by: 200)
            while try await desk.passes.run(second, of: desk.tenant.id, limit: 10, isStepDue: true).hasMore {}
            #expect(try await desk.ticket(id).content.queueID == second)
            _ = try await desk.commands.transfer(
                TicketRequest(id, in: desk.tenant.id, by: .system),
                to: TransferTo(.queue(third)),
                reason: "Theirs."
            )
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE overflow_at IS NULL") == 1)
            #expect(try await desk.number(Self.seconds) >= 799)
        }
    }

    @Test("An offer that is declined leaves it where it waits: nothing counts anew")
    func declined() async throws {
        try await QueueOverflowTests.withQueues { desk, _ in
            try await desk.askFor(seconds: 60)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.advance(by: 100)
            #expect(try await desk.pass().offered == 1)
            _ = try await desk.commands.declineOffer(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), by: agent, reason: nil)
            #expect(try await desk.number(Self.time) == 600)
            #expect(try await desk.number(Self.seconds) == 0)
        }
    }

    @Test("A row of an earlier version, which does not say it, counts from when the ticket became routable, and is no fault")
    func earlierRow() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let id = try await desk.create()
            try await desk.database.sql("UPDATE docket.ticket SET queued_at = NULL")
            let row = try await desk.ticket(id)
            #expect(row.queuedAt == nil && row.waitsSince == row.eligibleAt)
            #expect(TicketRowFault(row, history: TicketRowFold(try await desk.history(of: id))) == nil)
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
            #expect(try await desk.ticket(id).queuedAt != nil)
        }
    }
}
