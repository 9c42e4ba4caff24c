import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Edits of where and when tickets move on, and tickets that do not let themselves be moved.
@Suite struct OverflowEditsTests {
    private static let seconds = "SELECT extract(epoch FROM overflow_at - eligible_at)::int FROM docket.routing_entry"
    private static let noted = "SELECT overflow_seconds FROM docket.routing_lane ORDER BY overflow_seconds DESC LIMIT 1"

    @Test("Tickets that were made between two edits go by the second, though it says what held before the first")
    func thereAndBack() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(Self.noted) == 600)
            try await QueueOverflowTests.set(desk, second, after: 60)
            let id = try await desk.create()
            #expect(try await desk.number(Self.seconds) == 60)
            try await QueueOverflowTests.set(desk, second, after: 600)
            try await desk.advance(by: 61)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(Self.seconds) == 600)
            #expect(try await desk.ticket(id).content.queueID == desk.tenant.queue)
        }
    }

    @Test("The same where the other queue takes nothing for a while: those who send their tickets there are looked at again")
    func targetThereAndBack() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            try await QueueOverflowTests.settle(desk)
            try await Self.activate(desk, second, false)
            let id = try await desk.create()
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE overflow_at IS NULL") == 1)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            try await Self.activate(desk, second, true)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal WHERE queue_id = '\(desk.tenant.queue)'") == 1)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(Self.seconds) == 600)
            try await desk.advance(by: 601)
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.ticket(id).content.queueID == second)
        }
    }

    @Test("That all entries are right is noted only when no command is left that decides by an older configuration")
    func commandUnderWay() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            try await QueueOverflowTests.settle(desk)
            let version = try await desk.api.configurations.configuration(of: desk.tenant.id).version
            var unit = TenantUnit(desk.tenant.id)
            unit.add(RequireConfiguration(tenant: desk.tenant.id, version: version))
            try await desk.api.database.transaction(unit) { _, _ in
                try await QueueOverflowTests.set(desk, second, after: 60)
                try await QueueOverflowTests.settle(desk)
                #expect(try await desk.number(Self.noted) == -1)
            }
            try await QueueOverflowTests.settle(desk)
            #expect(try await desk.number(Self.noted) == 60)
        }
    }

    @Test("However many tickets cannot be moved, the others move; and they are tried again after five minutes, not before")
    func manyThatStay() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let stuck = LockOverflowing.limit + 5
            _ = try await desk.addBusyAgent()
            _ = try await desk.create(many: stuck)
            let other = try await desk.create()
            try await desk.database.sql(
                """
                CREATE FUNCTION docket.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'not now' USING ERRCODE = '55P03';
                END
                $$;
                CREATE TRIGGER refuse_change BEFORE UPDATE ON docket.ticket FOR EACH ROW WHEN (OLD.id <> '\(other)')
                    EXECUTE FUNCTION docket.refuse_change();
                """
            )
            try await desk.database.freezeClock()
            try await desk.advance(by: 700)
            let failed = FailedTickets()
            let passes = RoutingPasses(environment: desk.dispatcher, failures: failed.sink)
            func settle() async throws {
                while try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10, isStepDue: true).hasMore {}
            }
            try await settle()
            #expect(try await desk.ticket(other).content.queueID == second)
            #expect(Set(failed.take().compactMap(\.self)).count == stuck)
            #expect(!(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.contains { $0.queue == desk.tenant.queue }))
            try await desk.advance(by: 298)
            try await settle()
            #expect(failed.take().isEmpty)
            try await desk.advance(by: 3)
            try await desk.database.sql("DROP TRIGGER refuse_change ON docket.ticket")
            try await settle()
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE queue_id = '\(second)'") == stuck + 1)
            #expect(failed.take().isEmpty)
        }
    }

    @Test("A pass that read a ticket before it was told when to move on leaves it that time")
    func entryWrittenMeanwhile() async throws {
        try await QueueOverflowTests.withQueues { desk, _ in
            let id = try await desk.create()
            var unit = TenantUnit(desk.tenant.id)
            unit.add(SetNextSteps(tenant: desk.tenant.id, queue: desk.tenant.queue, tickets: [id], times: [nil], exhausted: [nil], versions: [1]))
            _ = try await desk.dispatcher.database.run(unit)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE next_step_at = overflow_at") == 1)
        }
    }

    @Test("A pass that read a ticket before it went to another queue leaves it what that queue wrote")
    func entryOfAnotherQueue() async throws {
        try await QueueOverflowTests.withQueues { desk, second in
            let id = try await desk.create()
            let entry = "SELECT (overflow_at, next_step_at, exhausted_at)::text FROM docket.routing_entry"
            let before = try await desk.value(entry)
            var unit = TenantUnit(desk.tenant.id)
            let exhausted = [Timestamp?.some(Timestamp(microseconds: 0))]
            unit.add(SetNextSteps(tenant: desk.tenant.id, queue: second, tickets: [id], times: [nil], exhausted: exhausted, versions: [1]))
            unit.add(ClearOverflows(tenant: desk.tenant.id, queue: second, tickets: [id]))
            _ = try await desk.dispatcher.database.run(unit)
            #expect(try await desk.value(entry) == before)
        }
    }

    @Test("A pass that read a ticket before somebody asked for something else of it does not write over what that says")
    func entryOfAnotherVersion() async throws {
        try await QueueOverflowTests.withQueues { desk, _ in
            let id = try await desk.create()
            for (version, written) in [(Int64(2), 0), (1, 1)] {
                var unit = TenantUnit(desk.tenant.id)
                unit.add(
                    SetNextSteps(
                        tenant: desk.tenant.id,
                        queue: desk.tenant.queue,
                        tickets: [id],
                        times: [nil],
                        exhausted: [Timestamp(microseconds: 0)],
                        versions: [version]
                    )
                )
                _ = try await desk.dispatcher.database.run(unit)
                #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE exhausted_at IS NOT NULL") == written)
            }
        }
    }

    private static func activate(_ desk: RoutingDesk, _ queue: QueueID, _ isActive: Bool) async throws {
        _ = try await desk.directory.updateQueue(queue, in: desk.tenant.id) { before in
            var content = before
            content.isActive = isActive
            return content
        }
    }
}
