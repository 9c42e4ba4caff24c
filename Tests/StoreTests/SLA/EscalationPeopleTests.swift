import Domain
import Store
import TestSupport
import Testing

/// Whom the levels of a batch may call.
@Suite struct EscalationPeopleTests {
    /// A bound of one kind of row must not take from the others.
    @Test func aLargeGroupHidesNobodyElse() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            let group = GroupID(high: 1, low: 1)
            let ticket = TicketID(high: 1, low: 2)
            let counts = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                    SELECT '\(tenant)', gen_random_uuid(), 'Agent', n || '@example.com', now(), now() FROM generate_series(1, 1500) n;
                INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(group)', id FROM docket.agent;
                INSERT INTO docket.ticket_follower (tenant_id, ticket_id, agent_id, added_at)
                    SELECT tenant_id, '\(ticket)', id, now() FROM docket.agent LIMIT 3;
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, created_at, updated_at)
                    VALUES ('\(tenant)', gen_random_uuid(), 'https://example.com/hook', 'sealed', now(), now());
                PREPARE people (uuid, uuid[], uuid[], uuid[]) AS \(LoadEscalationPeople.sql);
                CREATE TEMP TABLE found AS EXECUTE people ('\(tenant)', ARRAY['\(ticket)']::uuid[], '{}', ARRAY['\(group)']::uuid[]);
                SELECT role || ' ' || count(*) FROM found GROUP BY role ORDER BY role;
                """
            ).compactMap(\.first)
            #expect(counts.filter { $0.contains(" ") } == ["endpoint 1", "follower 3", "member 1500"])
        }
    }

    /// Of each group so many are called as may be, whatever the others have; one more is read, so that a level can say that there are more.
    @Test func aLargeGroupHidesNoOther() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            let (large, small) = (GroupID(high: 1, low: 1), GroupID(high: 1, low: 2))
            let counts = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                    SELECT '\(tenant)', gen_random_uuid(), 'Agent', n || '@example.com', now(), now() FROM generate_series(1, 10005) n;
                INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(large)', id FROM docket.agent;
                INSERT INTO docket.group_member (tenant_id, group_id, agent_id) SELECT tenant_id, '\(small)', id FROM docket.agent LIMIT 3;
                PREPARE people (uuid, uuid[], uuid[], uuid[]) AS \(LoadEscalationPeople.sql);
                CREATE TEMP TABLE found AS EXECUTE people ('\(tenant)', '{}', '{}', ARRAY['\(large)', '\(small)']::uuid[]);
                SELECT count(*) FROM found WHERE role = 'member' GROUP BY subject ORDER BY subject;
                """
            ).compactMap(\.first)
            #expect(counts.suffix(2) == ["\(EscalationLevel.maximumMembers + 1)", "3"])
        }
    }
}
