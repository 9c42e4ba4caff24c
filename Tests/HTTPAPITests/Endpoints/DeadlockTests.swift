import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// What a caller sees of a deadlock: nothing (reliability.md F16).
@Suite struct DeadlockTests {
    /// Takes the agent's load, waits until a command stands behind it, and asks for the ticket that the command has: a deadlock, in which the command is
    /// the one that gives way, because this session looks for deadlocks later.
    private static func opponent(_ api: APIFixture, ticket: String) -> String {
        """
        SET deadlock_timeout = '20s';
        BEGIN;
        SELECT 1 FROM docket.agent_load WHERE tenant_id = '\(api.tenantA.id)' AND agent_id = '\(api.agentOfA)' FOR UPDATE;
        SELECT pg_advisory_lock(1);
        DO $$ BEGIN
            FOR attempt IN 1..2000 LOOP
                IF EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN RETURN; END IF;
                PERFORM pg_sleep(0.005);
            END LOOP;
            RAISE 'no command came';
        END $$;
        SELECT 1 FROM docket.ticket WHERE tenant_id = '\(api.tenantA.id)' AND id = '\(ticket)' FOR UPDATE;
        COMMIT;
        """
    }

    @Test("A command that met a deadlock is done once, and answered as any other")
    func deadlock() async throws {
        try await APIFixture.with { api in
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
            let script = Self.opponent(api, ticket: ticket)
            async let opponent = api.database.sql(script)
            let holds = """
                SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            #expect(try await eventually { try await !api.database.sql(holds).isEmpty })
            let answer = try await api.succeed("assignTicket", ["ticket_id": ticket], body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            #expect(try answer.text("state") == "assigned")
            // It had the ticket in the end, so the command must have let go of it in between.
            _ = try await opponent
            let kinds = try await api.database.sql("SELECT kind FROM docket.ticket_event WHERE ticket_id = '\(ticket)' ORDER BY seq")
            #expect(kinds == [["ticket.created"], ["ticket.assigned"], ["ticket.state_changed"]])
            let load = "SELECT load FROM docket.agent_load WHERE agent_id = '\(api.agentOfA)'"
            #expect(try await api.database.sql(load) == [["1"]])
        }
    }

    @Test("Who signs a leaver out and changes his room locks his presence before his load, as commands on tickets do")
    func leaver() async throws {
        try await APIFixture.with { api in
            let of = "WHERE tenant_id = '\(api.tenantA.id)' AND agent_id = '\(api.agentOfA)'"
            async let opponent = api.database.sql(
                """
                BEGIN;
                SELECT 1 FROM docket.agent_presence \(of) FOR UPDATE;
                SELECT pg_advisory_lock(1);
                DO $$ BEGIN
                    FOR attempt IN 1..2000 LOOP
                        IF EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN RETURN; END IF;
                        PERFORM pg_sleep(0.005);
                    END LOOP;
                    RAISE 'no command came';
                END $$;
                SELECT 1 FROM docket.agent_load \(of) FOR UPDATE NOWAIT;
                COMMIT;
                """
            )
            let holds = """
                SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            #expect(try await eventually { try await !api.database.sql(holds).isEmpty })
            let body = #"{"active":false,"capacity":3}"#
            try await api.succeed("updateAgent", ["agent_id": "\(api.agentOfA)"], body: body, headers: [.ifMatch: "*"])
            _ = try await opponent
            #expect(try await api.database.sql("SELECT capacity FROM docket.agent_load \(of)") == [["3"]])
        }
    }
}
