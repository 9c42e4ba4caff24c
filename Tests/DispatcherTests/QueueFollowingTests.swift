import Domain
import Logging
import Store
import TestSupport
import Testing
import UseCases

@testable import Dispatcher

/// Edits of a queue hold for those who wait in it (decision 47).
@Suite struct QueueFollowingTests {
    private static let entries = "SELECT count(*) FROM docket.routing_entry WHERE"

    /// Tickets that wait, and entries that nobody has looked at.
    private static func fill(_ desk: RoutingDesk, _ count: Int) async throws {
        try await desk.database.sql(
            """
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id,
                    eligible_at, created_at, updated_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), 1000 + n, 1, 1, 'x', '', 'incident', 'api', 'waiting_assignment', 3, '\(desk.tenant.queue)',
                    t.now, t.now, t.now
                FROM generate_series(1, \(count)) n, (SELECT docket.now()) t (now);
            INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills,
                    required_levels, optional_skills, optional_ranks, ticket_version)
                SELECT tenant_id, id, queue_id, 1, eligible_at, eligible_at, 3, 1, '{}', '{}', '{}', '{}', 1 FROM docket.ticket;
            """
        )
    }

    private static func edit(_ desk: RoutingDesk, _ change: @escaping @Sendable (inout QueueContent) -> Void) async throws {
        _ = try await desk.directory.updateQueue(desk.tenant.queue, in: desk.tenant.id) { before in
            var content = before
            change(&content)
            return content
        }
    }

    /// Looks until nothing is left to do; no step is due.
    private static func settle(_ desk: RoutingDesk) async throws {
        while try await desk.pass().hasMore {}
    }

    @Test("The entries of a long queue follow an edit in parts, with its tickets given out meanwhile; one in somebody's hands is written later")
    func longQueue() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let count = LoadEntriesInOrder.limit + 10
            try await Self.fill(desk, count)
            // When he is full, nobody is called because of tickets that nobody can take.
            _ = try await desk.tenant.addAgent(capacity: 2)
            let first = try await desk.pass()
            #expect(first.assigned.count == 2 && first.hasMore && !first.isStalled)
            let written = "\(Self.entries) extract(epoch FROM overflow_at - eligible_at) = 600 AND next_step_at = overflow_at AND class_key <> 1"
            #expect(try await desk.number(written) == LoadEntriesInOrder.limit)
            #expect(try await desk.number("SELECT overflow_seconds FROM docket.routing_lane ORDER BY overflow_seconds DESC LIMIT 1") == -1)
            #expect(try await desk.pass().hasMore)
            #expect(try await desk.number(written) == count - 2)
            #expect(!(try await desk.pass()).hasMore)
            #expect(try await desk.number("SELECT overflow_seconds FROM docket.routing_lane ORDER BY overflow_seconds DESC LIMIT 1") == 600)

            try await QueueOverflowTests.set(desk, second, after: 500)
            let followed = "\(Self.entries) extract(epoch FROM overflow_at - eligible_at) = 500"
            let locked = try await desk.value(
                "SELECT ticket_id FROM docket.routing_entry ORDER BY rank_at, eligible_at, ticket_id OFFSET 1 LIMIT 1"
            )
            var unit = TenantUnit(desk.tenant.id)
            unit.add(ClearOverflows(tenant: desk.tenant.id, queue: desk.tenant.queue, tickets: [try #require(TicketID(locked))]))
            let last = try await desk.api.database.transaction(unit) { _, _ in
                #expect(!(try await desk.pass()).isStalled)
                #expect(try await desk.number(followed) == LoadEntriesInOrder.limit - 1)
                // Behind the first one lie more than were read before.
                #expect(!(try await desk.pass()).isStalled)
                #expect(try await desk.number(followed) == LoadEntriesInOrder.limit)
                return try await desk.pass()
            }
            #expect(last.hasMore && last.isStalled)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(followed) == count - 2)
        }
    }

    @Test("A ticket that cannot be read keeps no other from following an edit, and is told of")
    func unreadableTicket() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            _ = try await desk.tenant.addAgent(capacity: 0)
            let ids = [try await desk.create(), try await desk.create(), try await desk.create()]
            try await QueueOverflowTests.settle(desk)
            try await desk.database.sql("UPDATE docket.ticket SET fields = '7' WHERE id = '\(ids[0])'")
            try await QueueOverflowTests.set(desk, second, after: 500)
            let failed = FailedTickets()
            let passes = RoutingPasses(environment: desk.dispatcher, failures: failed.sink)
            while try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10).hasMore {}
            #expect(try await desk.number("\(Self.entries) extract(epoch FROM overflow_at - eligible_at) = 500") == 2)
            #expect(Set(failed.take()) == [ids[0]])
            #expect(try await desk.number("SELECT overflow_seconds FROM docket.routing_lane WHERE queue_id = '\(desk.tenant.queue)'") == 500)
        }
    }

    @Test("Where following an edit fails the queue is tried again in a while", arguments: [false, true])
    func fails(isClosed: Bool) async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            _ = try await desk.tenant.addAgent(capacity: 0)
            try await desk.create()
            try await QueueOverflowTests.settle(desk)
            if isClosed {
                // It opens in three days.
                try await desk.database.sql(
                    """
                    WITH hours AS (
                        SELECT gen_random_uuid() AS id, jsonb_build_object('tz', 'UTC', 'weekly', jsonb_build_object(
                            to_char(docket.now() AT TIME ZONE 'UTC' + interval '3 days', 'dy'), '[["09:00","17:00"]]'::jsonb)) AS definition
                    ), made AS (
                        INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                            SELECT '\(desk.tenant.id)', h.id, 'Hours', h.definition, docket.now(), docket.now() FROM hours h
                    ), version AS (
                        INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                            SELECT '\(desk.tenant.id)', h.id, 1, h.definition, docket.now() FROM hours h
                    )
                    UPDATE docket.queue SET calendar_id = (SELECT h.id FROM hours h) WHERE id = '\(desk.tenant.queue)'
                    """
                )
            }
            try await desk.database.sql("ALTER TABLE docket.routing_entry ADD CONSTRAINT broken CHECK (overflow_at IS NULL) NOT VALID")
            try await QueueOverflowTests.set(desk, second, after: 500)
            let runner = DispatchTurnRunner(passes: desk.passes, metrics: DispatcherMetrics(), quantum: 50, logger: Logger(label: "test"))
            let turn = DispatchTurn(of: RoutingLane(tenant: desk.tenant.id, queue: desk.tenant.queue, weight: 1), quantum: 50)
            let failed = await runner.run(turn)
            #expect(failed.failed == [desk.tenant.queue] && failed.done.isEmpty && failed.more.isEmpty)
            try await desk.database.sql("ALTER TABLE docket.routing_entry DROP CONSTRAINT broken")
            let done = await runner.run(turn)
            #expect(done.failed.isEmpty && done.done == [desk.tenant.queue])
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("queue_closed") == isClosed)
            #expect(try await desk.number("\(Self.entries) extract(epoch FROM overflow_at - eligible_at) = 500") == 1)
        }
    }

    @Test("An edit while entries follow another one begins with the first of them again")
    func editMeanwhile() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let count = LoadEntriesInOrder.limit + 10
            try await Self.fill(desk, count)
            _ = try await desk.addBusyAgent()
            #expect(try await desk.pass().hasMore)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE follow_ticket_id IS NOT NULL") == 1)
            try await QueueOverflowTests.set(desk, second, after: 500)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number("\(Self.entries) extract(epoch FROM overflow_at - eligible_at) = 500") == count)
        }
    }

    @Test("After an edit of a queue's steps a ticket behind one of its kind is looked at when its own step comes, though nobody looked at it since")
    func steps() async throws {
        try await RoutingDesk.with(steps: #"[{"after":600,"tier":1}]"#, hasTestClock: true) { desk in
            _ = try await desk.addBusyAgent()
            let further = try await desk.tenant.addAgent(tier: 1)
            let claimed = try await desk.create()
            let behind = try await desk.create()
            _ = try await desk.pass()
            try await Self.edit(desk) { $0.steps = [RelaxationStep(afterSeconds: 300, tier: 1)] }
            // So few that a pass looks at the first of them alone.
            while try await desk.pass(limit: 1).hasMore {}
            _ = try await desk.commands.claim(TicketRequest(claimed, in: desk.tenant.id, by: .agent(further)), by: further)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            #expect(try await desk.number("\(Self.entries) extract(epoch FROM next_step_at - eligible_at) = 300") == 1)
            try await desk.advance(by: 301)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.contains { $0.isStepDue })
            #expect(try await desk.pass(isStepDue: true).assigned.map(\.ticket) == [behind])
        }
    }

    @Test("Another order of a queue is that of those who wait, too: boosts, deadlines and back, with the classes that belong to it")
    func order() async throws {
        try await RoutingDesk.with(steps: #"[{"after":600,"drop_from":1}]"#, hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(
                #"{"name":"p","targets":[{"metric":"resolution","priority":2,"seconds":100,"mode":"calendar"}]}"#
            )
            let (promised, other) = (try await desk.create(priority: .p2), try await desk.create())
            try await desk.advance(by: 700)
            try await Self.settle(desk)
            let rows = "SELECT class_key, rank_at, class_step FROM docket.routing_entry ORDER BY ticket_id"
            let before = try await desk.database.sql(rows)
            let places = "SELECT extract(epoch FROM rank_at - eligible_at)::int, class_step FROM docket.routing_entry ORDER BY rank_at - eligible_at"
            try await Self.edit(desk) { $0.boostMinutes = 10 }
            try await Self.settle(desk)
            #expect(try await desk.database.sql(places) == [["-4200", "0"], ["-600", "0"]])
            try await Self.edit(desk) { ($0.boostMinutes, $0.order, $0.defaultTargetSeconds) = (0, .deadline, 5_000) }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") >= 1)
            try await Self.settle(desk)
            #expect(try await desk.database.sql(places) == [["100", "1"], ["5000", "1"]])
            let order = "SELECT ticket_id FROM docket.routing_entry ORDER BY rank_at"
            #expect(try await desk.database.sql(order) == [[promised.description], [other.description]])
            // One of the same kind that is not as old is of another class by its step alone.
            _ = try await desk.create()
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 3)
            #expect(try await desk.number("SELECT count(DISTINCT class_key - class_step) FROM docket.routing_entry") == 2)
            try await Self.edit(desk) { $0.order = .rank }
            try await Self.settle(desk)
            #expect(Array(try await desk.database.sql(rows).prefix(2)) == before)
        }
    }
}
