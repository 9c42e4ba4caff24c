import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Four dispatchers and eight people on the same tickets, with lost connections and a moving clock; `scripts/chaos assign-races` is the long form, with
/// processes that are killed (design.md I2, I3, I5, I10).
@Suite(.serialized) struct RoutingStormTests {
    private static let writers = 8
    private static let operations = 300

    @Test func nothingIsLostDoubledOrOverriddenInAStorm() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await RoutingDesk.with(hasTestClock: true, connections: 8) { desk in
            let storm = try await prepare(desk, seed: seed)
            try await rage(storm)
            try await settle(storm)
            #expect(try await desk.number("SELECT count(*) FROM public.over_capacity") == 0, "seed \(seed)")
            try await expectSoundHistories(storm)
            try await expectNothingLeft(storm)
        }
    }

    /// Two queues with the same agents, one of which asks them first; some with a limit on the tickets' channel. Every raise of a load that routing makes is watched.
    private func prepare(_ desk: RoutingDesk, seed: UInt64) async throws -> RoutingStorm {
        var agents: [AgentID] = []
        for number in 0..<8 { agents.append(try await desk.tenant.addAgent(capacity: 2 + number % 3)) }
        let second: QueueID = IdentifierSource().next()
        var tickets: [TicketID] = []
        for number in 0..<40 { tickets.append(try await desk.create(weight: 1 + number % 2)) }
        try await desk.database.sql(
            """
            UPDATE docket.agent_load SET channel_capacities = ARRAY[NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL]::int[] WHERE capacity = 4;
            INSERT INTO docket.queue (tenant_id, id, name, offer_seconds, created_at, updated_at) VALUES ('\(desk.tenant.id)', '\(second)', 'Asked', 10, docket.now(), docket.now());
            INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(desk.tenant.id)', '\(second)');
            INSERT INTO docket.queue_member SELECT tenant_id, '\(second)', agent_id, tier FROM docket.queue_member;
            UPDATE docket.tenant_configuration SET version = version + 1;
            CREATE TABLE public.over_capacity (agent_id uuid, load integer);
            CREATE FUNCTION public.watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                INSERT INTO public.over_capacity VALUES (NEW.agent_id, NEW.load);
                RETURN NULL;
            END $$;
            CREATE TRIGGER watch AFTER UPDATE ON docket.agent_load FOR EACH ROW
                WHEN (NEW.load > OLD.load AND current_user = 'docket_dispatcher' AND (NEW.load > NEW.capacity
                    OR NEW.channel_loads[3] > coalesce(NEW.channel_capacities[3], 100000))) EXECUTE FUNCTION public.watch();
            """
        )
        for (number, ticket) in tickets.enumerated() where number.isMultiple(of: 2) {
            _ = try await desk.commands.update(TicketRequest(ticket, in: desk.tenant.id, by: .system, expectedVersion: 1)) { content in
                var content = content
                content.queueID = second
                return content
            }
        }
        return RoutingStorm(desk: desk, agents: agents, queues: [desk.tenant.queue, second], tickets: tickets, seed: seed)
    }

    private func rage(_ storm: RoutingStorm) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<4 {
                group.addTask { await storm.dispatch(limit: 3 + number * 9) }
            }
            group.addTask {
                while !storm.end.hasCome {
                    try await storm.desk.advance(by: 3)
                    try await storm.desk.database.sql(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_dispatcher' AND datname = current_database()
                        ORDER BY random() LIMIT 1
                        """
                    )
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            await withTaskGroup(of: Void.self) { writers in
                for writer in 0..<UInt64(Self.writers) {
                    writers.addTask { await storm.write(writer, operations: Self.operations) }
                }
            }
            storm.end.come()
            try await group.waitForAll()
        }
    }

    /// Lets a dispatcher look, and only where a signal or a time says so, until there is nothing more to look at.
    private func settle(_ storm: RoutingStorm) async throws {
        try await storm.desk.eventually("routing comes to an end (seed \(storm.seed))") {
            do {
                return try await !storm.lookOnce(limit: 500)
            } catch is StoreError {
                // A pooled connection whose backend was ended.
                return false
            }
        }
    }

    /// Rows are what their events make, versions follow each other, and routing took nothing that somebody had or was asked about.
    private func expectSoundHistories(_ storm: RoutingStorm) async throws {
        let desk = storm.desk
        var routed = 0
        for id in storm.tickets {
            var events: [TicketEvent] = []
            repeat {
                let page = try await TicketQueries(environment: desk.api).history(of: id, in: desk.tenant.id, after: events.count, limit: 100)
                events += page
                if page.count < 100 { break }
            } while true
            #expect(Ticket.replay(events) == (try await desk.ticket(id)), "seed \(storm.seed)")
            #expect(events.map(\.sequence) == Array(1...events.count))
            #expect(zip(events, events.dropFirst()).allSatisfy { $1.version - $0.version == 0 || $1.version - $0.version == 1 }, "seed \(storm.seed)")
            for (place, event) in events.enumerated() where isRouting(event) {
                routed += 1
                let before = try #require(Ticket.replay(Array(events.prefix(place))))
                #expect(before.isWaitingForAgent && before.offer == nil, "event \(place + 1) of \(id), seed \(storm.seed)")
            }
        }
        #expect(routed > 100, "seed \(storm.seed)")
    }

    private func isRouting(_ event: TicketEvent) -> Bool {
        switch event.payload {
        case .assigned(let assigned): assigned.cause == .routing
        case .offered: true
        default: false
        }
    }

    /// Loads are the sums of what agents hold; what waits has its entry or its offer, and nobody who is there has room for it.
    private func expectNothingLeft(_ storm: RoutingStorm) async throws {
        let desk = storm.desk
        var unit = TenantUnit(desk.tenant.id)
        let drift = unit.add(LoadDrift(tenant: desk.tenant.id, states: [.assigned, .inProgress], limit: 10))
        let faults = unit.add(RoutingFaults(tenant: desk.tenant.id, limit: 10))
        let result = try await desk.api.database.run(unit)
        #expect(try result.rows(drift).isEmpty, "seed \(storm.seed)")
        #expect(try result.rows(faults).isEmpty, "seed \(storm.seed)")
        let assignable = """
            SELECT count(*) FROM docket.routing_entry r WHERE EXISTS (
                SELECT FROM docket.queue_member m JOIN docket.agent_load l USING (agent_id) JOIN docket.agent_presence p USING (agent_id)
                WHERE m.queue_id = r.queue_id AND p.status = 'online' AND p.lease_until > docket.now() AND l.load + r.weight <= l.capacity
                    AND coalesce(l.channel_loads[3] + r.weight <= l.channel_capacities[3], true) AND NOT m.agent_id = ANY (r.excluded_agents))
            """
        #expect(try await desk.number(assignable) == 0, "seed \(storm.seed)")
        try await storm.drain()
        #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE state = 'waiting_assignment'") == 0, "seed \(storm.seed)")
    }
}
