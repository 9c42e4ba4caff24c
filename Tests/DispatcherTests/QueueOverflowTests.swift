import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that have waited too long move on, by the stored time alone.
@Suite struct QueueOverflowTests {
    /// A second queue, to which the first one's tickets move on after 600 s.
    private static func withQueues(
        _ body: @Sendable (RoutingDesk, QueueID) async throws -> Void
    ) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let second: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(second)', 'Second', docket.now(), docket.now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(second)');
                UPDATE docket.queue SET overflow_queue_id = '\(second)', overflow_after_seconds = 600 WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await body(desk, second)
        }
    }

    private static func advance(_ desk: RoutingDesk, by seconds: Double) async throws {
        try await desk.database.advanceClock(by: seconds)
        desk.api.clock.invalidate()
    }

    @Test("A ticket moves on when its time has come and not before, with its place kept, once, and its history rebuilds it")
    func moves() async throws {
        try await Self.withQueues { desk, second in
            let id = try await desk.create()
            let before = try await desk.ticket(id)
            #expect(try await desk.number("SELECT extract(epoch FROM next_step_at - eligible_at)::int FROM docket.routing_entry") == 600)
            _ = try await desk.pass()
            #expect(try await desk.number("SELECT extract(epoch FROM next_step_at - eligible_at)::int FROM docket.routing_entry") == 600)
            try await Self.advance(desk, by: 590)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id) == before)
            try await Self.advance(desk, by: 11)
            let discovery = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(discovery.lanes.contains { $0.queue == desk.tenant.queue && $0.isStepDue })
            _ = try await desk.pass(isStepDue: true)
            let after = try await desk.ticket(id)
            #expect(after.content.queueID == second)
            #expect(after.eligibleAt == before.eligibleAt)
            #expect(after.overflowedFrom == [desk.tenant.queue])
            #expect(after.version == before.version + 1)
            let history = try await desk.history(of: id)
            #expect(history.last?.payload.kind == "ticket.overflowed")
            #expect(history.last?.actor == .dispatcher)
            #expect(Ticket.replay(history) == after)
            #expect(try await desk.value("SELECT queue_id FROM docket.routing_entry") == second.description)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE overflow_at IS NOT NULL") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal WHERE queue_id = '\(second)'") == 1)
            // Brought back by hand it stays: it has left this queue once.
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: after.version)) { content in
                var content = content
                content.queueID = desk.tenant.queue
                return content
            }
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("Who can be served at that moment is, and does not move")
    func assignedFirst() async throws {
        try await Self.withQueues { desk, _ in
            let id = try await desk.create()
            try await Self.advance(desk, by: 700)
            let agent = try await desk.tenant.addAgent()
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.agent) == [agent])
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("Many tickets move in batches until none is left; a target that takes nothing keeps them where they are, and is not asked again")
    func batches() async throws {
        try await Self.withQueues { desk, second in
            let count = LockOverflowing.limit + 5
            _ = try await desk.create(many: count)
            try await Self.advance(desk, by: 700)
            let first = try await desk.pass(isStepDue: true)
            #expect(first.hasMore)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE queue_id = '\(second)'") == LockOverflowing.limit)
            #expect(!(try await desk.pass()).hasMore)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE queue_id = '\(second)'") == count)
            let late = try await desk.create()
            try await desk.database.sql(
                "UPDATE docket.queue SET active = false WHERE id = '\(second)'; UPDATE docket.tenant_configuration SET version = version + 1"
            )
            try await Self.advance(desk, by: 700)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(late).content.queueID == desk.tenant.queue)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE overflow_at IS NOT NULL") == 0)
        }
    }

    @Test("A policy of the other queue takes over with the move")
    func promises() async throws {
        try await Self.withQueues { desk, second in
            try await desk.tenant.addPolicy(
                """
                {"name":"p","conditions":{"field":"queue_id","op":"equals","value":"\(second)"},
                    "targets":[{"metric":"resolution","seconds":9000,"mode":"calendar"}]}
                """
            )
            _ = try await desk.create()
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer") == 0)
            try await Self.advance(desk, by: 700)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE state = 'running'") == 1)
        }
    }
}
