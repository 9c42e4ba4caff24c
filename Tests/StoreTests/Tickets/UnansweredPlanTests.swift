import Store
import TestSupport
import Testing

/// What an absent agent leaves unanswered costs as much as he has in hand, however long the tenant's history is.
@Suite struct UnansweredPlanTests {
    @Test(arguments: [false, true], [false, true]) func onlyHisTicketsAreRead(isGeneric: Bool, isAnalyzed: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, assignee_id, queue_id,
                        created_at, updated_at)
                    SELECT '\(tenant.id)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 1, 5, 'x', '', 'incident', 'api', 'in_progress', 3,
                        ('00000000-0000-7000-8001-' || lpad((n % 400)::text, 12, '0'))::uuid,
                        '\(tenant.queue)', now(), now()
                    FROM generate_series(1, 8000) n;
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                    SELECT '\(tenant.id)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, s, now(), pg_current_xact_id(), s,
                        CASE s WHEN 1 THEN 'ticket.created' WHEN 2 THEN 'ticket.assigned' ELSE 'ticket.message_added' END, 'agent', '{"isPublic":false}'
                    FROM generate_series(1, 8000) n, generate_series(1, 5) s;
                \(isAnalyzed ? "ANALYZE docket.ticket; ANALYZE docket.ticket_event;" : "")
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_dispatcher;
                SET enable_seqscan = off;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE unanswered (uuid, uuid, text[], timestamptz, uuid, bigint) AS \(ListUnansweredInHand.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE unanswered ('\(tenant.id)', '00000000-0000-7000-8001-000000000007', '{in_progress}',
                    '0001-01-01', '00000000-0000-0000-0000-000000000000', 200);
                """
            ).compactMap(\.first)
            // 20 tickets: each is looked up by itself.
            #expect(plan.contains { $0.contains("ticket_in_hand") }, "\(plan)")
            #expect(plan.contains { $0.contains("_pkey on ticket_event") && $0.contains("loops=20") }, "\(plan)")
            #expect(!plan.contains { $0.contains("xid_idx") || $0.contains(" Join") }, "\(plan)")
        }
    }
}
