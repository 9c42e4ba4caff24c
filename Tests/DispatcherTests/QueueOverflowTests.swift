import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that have waited too long move on, by the stored time alone.
@Suite struct QueueOverflowTests {
    /// A second queue, to which the first one's tickets move on after 600 s.
    static func withQueues(
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
            // Somebody could take it, and is full.
            _ = try await desk.addBusyAgent()
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
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: ExpectedVersions(after.version))) {
                content in
                var content = content
                content.queueID = desk.tenant.queue
                return content
            }
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("Each ticket that moves on is a part of the tenant's turn")
    func charged() async throws {
        try await Self.withQueues { desk, second in
            for _ in 0..<4 { _ = try await desk.create() }
            try await Self.advance(desk, by: 601)
            let report = try await desk.pass(isStepDue: true)
            #expect(report.movedOn == 4 && report.effort >= 4)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE queue_id = '\(second)'") == 4)
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

    @Test("Where the overflow is taken from a queue nothing stays due, and nobody moves on")
    func removed() async throws {
        try await Self.withQueues { desk, _ in
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.advance(by: 700)
            try await Self.set(desk, nil, after: 600)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.contains { $0.isStepDue })
            try await Self.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE coalesce(overflow_at, next_step_at) IS NOT NULL") == 0)
            // The look that nobody asked for is the last.
            try await desk.advance(by: 10)
            try await Self.settle(desk)
            let quiet = try await desk.dispatcher.database.discoverRouting(after: nil)
            #expect(quiet.lanes.isEmpty && quiet.untilNextStep == nil)
        }
    }

    @Test("An overflow that is set, or set to another time, holds for those who wait, and not a second time for who has left the queue by it")
    func edited() async throws {
        try await Self.withQueues { desk, second in
            try await Self.set(desk, nil, after: 600)
            let (id, former) = (try await desk.create(), try await desk.create())
            try await desk.database.sql("UPDATE docket.ticket SET overflowed_from = ARRAY['\(desk.tenant.queue)'::uuid] WHERE id = '\(former)'")
            try await Self.settle(desk)
            try await desk.advance(by: 700)
            try await Self.set(desk, second, after: 3_600)
            try await Self.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
            let times = "SELECT coalesce(extract(epoch FROM next_step_at - eligible_at)::int, 0) FROM docket.routing_entry ORDER BY overflow_at"
            #expect(try await desk.database.sql(times) == [["3600"], ["0"]])
            try await Self.set(desk, second, after: 60)
            try await Self.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
            #expect(try await desk.ticket(former).content.queueID == desk.tenant.queue)
            #expect(Ticket.replay(try await desk.history(of: id)) == (try await desk.ticket(id)))
        }
    }

    @Test("A ticket that cannot move on holds up no other")
    func aTicketThatStays() async throws {
        try await Self.withQueues { desk, second in
            _ = try await desk.addBusyAgent()
            let (first, other) = (try await desk.create(), try await desk.create())
            try await desk.refuseChanges(of: first)
            try await desk.advance(by: 700)
            let failed = FailedTickets()
            let passes = RoutingPasses(environment: desk.dispatcher, failures: failed.sink)
            // What it was put off until is stored by the pass after.
            for hasMore in [true, false] {
                #expect(try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10, isStepDue: true).hasMore == hasMore)
            }
            #expect(failed.take() == [nil, first])
            #expect(try await desk.ticket(other).content.queueID == second)
            #expect(try await desk.ticket(first).content.queueID == desk.tenant.queue)
        }
    }

    static func set(_ desk: RoutingDesk, _ target: QueueID?, after seconds: Int) async throws {
        try await desk.database.sql("DELETE FROM docket.routing_signal")
        _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { before in
            var content = before
            content.overflowQueueID = target
            content.overflowAfterSeconds = seconds
            return content
        }
    }

    /// Looks until nothing is left to do.
    static func settle(_ desk: RoutingDesk) async throws {
        while try await desk.pass(isStepDue: true).hasMore {}
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

    @Test("Where tickets move on, a queue by deadline goes on with the next at once, and what is still to move is not written again each time")
    func overflowByDeadline() async throws {
        try await Self.withQueues { desk, second in
            try await desk.database.sql(
                """
                UPDATE docket.queue SET order_by = 'deadline', default_target_seconds = 1000 WHERE id = '\(desk.tenant.queue)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            _ = try await desk.addBusyAgent()
            let left = 7
            _ = try await desk.create(many: LockOverflowing.limit + left)
            while try await desk.pass().hasMore {}
            try await Self.advance(desk, by: 700)
            let report = try await desk.pass(isStepDue: true)
            #expect(report.movedOn == LockOverflowing.limit && report.hasMore && !report.isStalled)
            let rows = "SELECT string_agg(xmin::text, ',' ORDER BY ticket_id) FROM docket.routing_entry WHERE queue_id = '\(desk.tenant.queue)'"
            let before = try await desk.value(rows)
            var unit = TenantUnit(desk.tenant.id)
            let now = try #require(try await desk.dispatcher.database.first(ReadTime(), of: desk.tenant.id))
            let advanced = unit.add(
                AdvanceDueSteps(tenant: desk.tenant.id, queue: desk.tenant.queue, time: now, rules: RoutingQueueRules(), isByDeadline: true)
            )
            #expect(try await desk.dispatcher.database.run(unit).first(advanced) == 0)
            #expect(try await desk.value(rows) == before)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE queue_id = '\(second)'") == LockOverflowing.limit + left)
        }
    }

    @Test("A ticket whose clocks cannot be read moves on, and its clocks are left as they are")
    func unreadableClocks() async throws {
        try await Self.withQueues { desk, second in
            try await desk.tenant.addPolicy(#"{"name":"p","targets":[{"metric":"resolution","seconds":9000,"mode":"calendar"}]}"#)
            let id = try await desk.create()
            let stored = "SELECT (SELECT document::text FROM docket.sla_ledger), (SELECT sla_timer::text FROM docket.sla_timer)"
            try await desk.database.sql("UPDATE docket.sla_ledger SET document = '{\"timers\": 7}'")
            let before = try await desk.database.sql(stored)
            try await Self.advance(desk, by: 700)
            _ = try await desk.pass(isStepDue: true)
            #expect(try await desk.ticket(id).content.queueID == second)
            #expect(try await desk.database.sql(stored) == before)
            #expect(Ticket.replay(try await desk.history(of: id)) == (try await desk.ticket(id)))
        }
    }

    @Test("Into a queue by deadline it goes with the last deadline that is known of it")
    func unreadableDeadline() async throws {
        try await Self.withQueues { desk, second in
            try await desk.database.sql("UPDATE docket.queue SET order_by = 'deadline' WHERE id = '\(second)'")
            try await desk.tenant.addPolicy(#"{"name":"p","targets":[{"metric":"resolution","seconds":9000,"mode":"calendar"}]}"#)
            let lost = try await desk.create()
            try await desk.database.sql("UPDATE docket.sla_ledger SET document = '{\"timers\": 7}'")
            try await Self.advance(desk, by: 1)
            let readable = try await desk.create()
            try await Self.advance(desk, by: 700)
            _ = try await desk.pass(isStepDue: true)
            let order = try await desk.database.sql("SELECT ticket_id FROM docket.routing_entry WHERE queue_id = '\(second)' ORDER BY rank_at")
            #expect(order.map { $0[0] } == [lost.description, readable.description])
            let ranks = "SELECT count(*) FROM docket.routing_entry r JOIN docket.sla_timer s ON s.ticket_id = r.ticket_id AND s.due_at = r.rank_at"
            #expect(try await desk.number(ranks) == 2)
        }
    }
}
