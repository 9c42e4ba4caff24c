import Domain
import TestSupport
import Testing
import UseCases

/// The change feed and what is told of a change, where a transaction is older than the change before its own (design.md I7).
@Suite struct FeedOrderTests {
    /// Keeps a pass between its lane and its agents until there are two tickets.
    private static let obstacle = """
        BEGIN;
        LOCK TABLE docket.agent_presence IN ACCESS EXCLUSIVE MODE;
        DO $$ BEGIN
            FOR attempt IN 1..2000 LOOP
                IF (SELECT count(*) FROM docket.ticket) = 2 THEN RETURN; END IF;
                PERFORM pg_sleep(0.005);
            END LOOP;
            RAISE 'no tickets came';
        END $$;
        COMMIT;
        """

    private static let blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'docket.agent_presence'::regclass"

    @Test("A ticket's events come in their order, also where its creation was committed after its assignment's transaction had begun")
    func creationDuringAPass() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, event_types, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com/all', '\\x00', '{}', now(), now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            // A lane, and the configuration in both caches.
            _ = try await desk.pass()
            async let obstacle = desk.database.sql(Self.obstacle)
            let locks = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'docket.agent_presence'::regclass"
            try await desk.eventually("the obstacle stands") { try await desk.number(locks) == 1 }
            async let report = desk.pass()
            try await desk.eventually("the pass is kept from its agents") { try await desk.number(Self.blocked) == 1 }
            let ids = [try await desk.create(), try await desk.create()]
            _ = try await obstacle
            #expect(Set(try await report.assigned.map(\.ticket)) == Set(ids))
            let queries = TicketQueries(environment: desk.api)
            var position = FeedPosition.start
            var events: [TicketEvent] = []
            // The feed stays behind every open transaction of the server, those of other tests too.
            try await desk.eventually("the feed has them all") {
                let page = try await queries.feed(of: desk.tenant.id, after: position, limit: 2)
                events += page.events
                position = page.end
                return events.count >= 6
            }
            for id in ids { #expect(events.filter { $0.ticketID == id }.map(\.sequence) == [1, 2, 3]) }
            let told = try await desk.database.sql("SELECT event_seq, count(*) FROM docket.outbox GROUP BY 1 ORDER BY 1")
            #expect(told == [["1", "2"], ["2", "2"], ["3", "2"]])
        }
    }
}
