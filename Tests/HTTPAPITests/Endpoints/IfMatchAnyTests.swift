import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// `If-Match: *` asks whether there is something, not which version of it (RFC 9110 13.1.1).
@Suite struct IfMatchAnyTests {
    /// Changes the ticket once a command waits for it, so that the command finds another version than it could read before.
    private static func dispatcher(ticket: String) -> String {
        """
        BEGIN;
        UPDATE docket.ticket SET version = version + 1 WHERE id = '\(ticket)';
        SELECT pg_advisory_lock(1);
        DO $$ BEGIN
            FOR attempt IN 1..2000 LOOP
                IF EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN RETURN; END IF;
                PERFORM pg_sleep(0.005);
            END LOOP;
            RAISE 'no command came';
        END $$;
        COMMIT;
        """
    }

    @Test("If-Match: * stands for whatever there is, also where that changes while the request is under way")
    func whateverThereIs() async throws {
        // However slow the machine: it is not the time to wait for the row that is tried here.
        try await APIFixture.with(lockTimeout: .seconds(10)) { api in
            let made = try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            let ids = ["ticket_id": try made.text("id")]
            let script = Self.dispatcher(ticket: try made.text("id"))
            async let dispatcher = api.database.sql(script)
            let holds = """
                SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            #expect(try await eventually { try await !api.database.sql(holds).isEmpty })
            let edited = try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: [.ifMatch: "*"])
            _ = try await dispatcher
            #expect(edited.entityTag.hasPrefix(#""3-"#))
            // Who names the version that he read is told that it is another one.
            try expectProblem(try await api.call("updateTicket", ids, body: #"{"subject":"z"}"#, headers: made.ifMatch), .preconditionFailed)
        }
    }
}
