import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// `If-Match` is held against the version that the command finds under its lock: `*` asks whether there is something, not which version of it, and of
/// several tags any may be that version (RFC 9110 13.1.1).
@Suite struct IfMatchAnyTests {
    /// Changes the row once a command waits for it, so that the command finds another version than it could read before.
    private static func meanwhile(_ table: String, _ id: String) -> String {
        """
        BEGIN;
        UPDATE docket.\(table) SET version = version + 1 WHERE id = '\(id)';
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

    /// Runs the body, whose command must wait for the row, while somebody else changes it.
    private static func whileChanging(
        _ table: String,
        _ id: String,
        _ api: APIFixture,
        _ body: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let script = Self.meanwhile(table, id)
        async let change = api.database.sql(script)
        let holds = """
            SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        #expect(try await eventually { try await !api.database.sql(holds).isEmpty })
        let answer = try await body()
        _ = try await change
        return answer
    }

    @Test("If-Match: * stands for whatever there is, also where that changes while the request is under way")
    func whateverThereIs() async throws {
        // However slow the machine: it is not the time to wait for the row that is tried here.
        try await APIFixture.with(lockTimeout: .seconds(10)) { api in
            let made = try await api.succeed("createTicket", body: #"{"subject":"x"}"#)
            let ids = ["ticket_id": try made.text("id")]
            let edited = try await Self.whileChanging("ticket", try made.text("id"), api) {
                try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: [.ifMatch: "*"])
            }
            #expect(edited.entityTag.hasPrefix(#""3-"#))
            // Who names the version that he read is told that it is another one.
            try expectProblem(try await api.call("updateTicket", ids, body: #"{"subject":"z"}"#, headers: made.ifMatch), .preconditionFailed)
        }
    }

    @Test(
        "Of several tags the one counts that is there when the change is made, not the one that was there before",
        arguments: [
            ("createTicket", "updateTicket", "ticket", #"{"subject":"x"}"#, #"{"subject":"y"}"#),
            ("createSkill", "updateSkill", "skill", #"{"key":"x","name":"x"}"#, #"{"name":"y"}"#),
            ("createWebhookEndpoint", "deleteWebhookEndpoint", "webhook_endpoint", #"{"url":"https://example.com/x"}"#, nil),
        ] as [(String, String, String, String, String?)]
    )
    func anyOfSeveral(_ row: (create: String, change: String, table: String, content: String, edit: String?)) async throws {
        try await APIFixture.with(lockTimeout: .seconds(10)) { api in
            let made = try await api.succeed(row.create, body: row.content)
            let id = try made.text("id")
            let next = EntityTag(version: 2, of: try #require(ID<Entity.Ticket>(id)))
            let both: HTTPFields = [.ifMatch: "\(made.entityTag), \(next)"]
            let ids = ["\(row.table)_id": id]
            let changed = try await Self.whileChanging(row.table, id, api) {
                try await api.succeed(row.change, ids, body: row.edit, headers: both)
            }
            guard row.edit != nil else { return }
            #expect(changed.entityTag.hasPrefix(#""3-"#))
            let late = try await api.call(row.change, ids, body: row.edit, headers: both)
            try expectProblem(late, .preconditionFailed)
            #expect(late.headers[.eTag] == changed.entityTag)
        }
    }
}
