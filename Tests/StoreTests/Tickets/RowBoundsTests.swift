import Foundation
import Postgres
import TestSupport
import Testing

/// The bounds of the rows that are written most: by triggers, whose bounds cost little, and by few short constraints (decision 71).
@Suite struct RowBoundsTests {
    /// What a bound refuses, by the column that is named; all as JSON.
    private static let tickets: [(column: String, values: String)] = [
        ("number", #"{"number":0}"#), ("version", #"{"version":0}"#), ("last_seq", #"{"last_seq":0}"#),
        ("subject", #"{"subject":""}"#),
        ("subject", #"{"subject":"\#(long(501))"}"#),
        ("description", #"{"description":"\#(long(65_537))"}"#),
        ("type", #"{"type":""}"#), ("type", #"{"type":"\#(long(65))"}"#), ("channel", #"{"channel":"pigeon"}"#),
        ("category", #"{"category":"\#(long(201))"}"#), ("location", #"{"location":"\#(long(201))"}"#),
        ("external_ref", #"{"external_ref":"\#(long(201))"}"#),
        ("language", #"{"language":"e"}"#), ("language", #"{"language":"\#(long(36))"}"#), ("service_area", #"{"service_area":""}"#),
        ("service_area", #"{"service_area":"\#(long(101))"}"#),
        ("latitude_microdegrees", #"{"latitude_microdegrees":90000001,"longitude_microdegrees":0}"#),
        ("longitude_microdegrees", #"{"latitude_microdegrees":0,"longitude_microdegrees":-180000001}"#),
        ("longitude_microdegrees", #"{"latitude_microdegrees":0}"#), ("priority", #"{"priority":0}"#), ("priority", #"{"priority":5}"#),
        ("impact", #"{"impact":4}"#), ("urgency", #"{"urgency":0}"#), ("weight", #"{"weight":0}"#), ("weight", #"{"weight":101}"#),
        ("urge_count", #"{"urge_count":-1}"#), ("open_consultations", #"{"open_consultations":11}"#), ("task_count", #"{"task_count":501}"#),
        ("open_required_tasks", #"{"open_required_tasks":-1}"#), ("offer_round", #"{"offer_round":4}"#),
        ("offered_agent_id", #"{"offered_agent_id":"00000000-0000-0000-0000-000000000001","state":"waiting_assignment"}"#),
        ("offered_agent_id", #"{"offer_expires_at":"2026-01-01T00:00:00Z"}"#),
        ("id", #"{"id":"\#(uuid)","merged_into":"\#(uuid)","state":"closed"}"#),
        ("id", #"{"id":"\#(uuid)","split_from":"\#(uuid)"}"#),
        ("id", #"{"id":"\#(uuid)","follow_up_of":"\#(uuid)"}"#),
    ]
    private static let agents: [(column: String, values: String)] = [
        ("capacity", #"{"capacity":-1}"#), ("capacity", #"{"capacity":100001}"#),
        ("channel_capacities", #"{"channel_capacities":[1,2,3,4,5,6,7,8,9,10,11]}"#),
        ("ramp_up_seconds", #"{"ramp_up_seconds":86401}"#), ("wrap_up_seconds", #"{"wrap_up_seconds":-1}"#),
        ("rate_assignments", #"{"rate_assignments":1001,"rate_minutes":1}"#), ("rate_minutes", #"{"rate_assignments":1,"rate_minutes":1441}"#),
        ("rate_minutes", #"{"rate_assignments":1}"#),
    ]
    /// Written by every assignment, and therefore looked at when a ticket is made only.
    private static let insertedOnly: Set = ["version", "last_seq", "offer_round"]

    private static let uuid = "00000000-0000-0000-0000-000000000009"

    private static func long(_ count: Int) -> String { String(repeating: "票", count: count) }

    private static func seed(_ database: TestDatabase) async throws {
        let tenant = try await TestTenant.make(in: database)
        _ = try await tenant.addAgent()
        try await database.sql(
            """
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
            VALUES ('\(tenant.id)', gen_random_uuid(), 1, 1, 1, 'x', '', 'incident', 'api', 'new', 3, now(), now())
            """
        )
    }

    /// Makes the only row again with these values.
    private static func insert(_ values: String, into table: String, columns: String) -> String {
        """
        WITH gone AS (DELETE FROM docket.\(table) RETURNING *)
        INSERT INTO docket.\(table) (\(columns))
        SELECT \(columns) FROM (SELECT (jsonb_populate_record(NULL::docket.\(table), to_jsonb(g) || '\(values)')).* FROM gone g) made
        """
    }

    private static func update(_ values: String, of table: String) throws -> String {
        let columns = try #require(try JSONSerialization.jsonObject(with: Data(values.utf8)) as? [String: Any]).keys.sorted().joined(separator: ", ")
        return """
            UPDATE docket.\(table) t SET (\(columns)) = (SELECT \(columns) FROM jsonb_populate_record(t, '\(values)'))
            """
    }

    private static func expectRefusal(of statement: String, naming column: String, constraint: String, in database: TestDatabase) async {
        let error = await #expect(throws: PostgresError.self) { try await database.sql(statement) }
        #expect(error?.isCheckViolation == true && error?.constraint == constraint, "\(column): \(String(describing: error))")
        #expect(error?.message.contains("\(column) is out of its bounds") == true, "\(String(describing: error))")
    }

    @Test("What is beyond a bound is refused by name, when a row is made and when it is changed, and changes nothing")
    func boundsHold() async throws {
        try await TestDatabase.with { database in
            try await Self.seed(database)
            let state = "SELECT (SELECT jsonb_agg(t) FROM docket.ticket t), (SELECT jsonb_agg(l) FROM docket.agent_load l)"
            let before = try await database.sql(state)
            for (table, cases) in [("ticket", Self.tickets), ("agent_load", Self.agents)] {
                let columns = try await database.sql(
                    """
                    SELECT string_agg(attname, ', ') FROM pg_attribute
                    WHERE attrelid = 'docket.\(table)'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                    """
                )[0][0]
                for (column, values) in cases {
                    let refused = Self.insert(values, into: table, columns: columns)
                    await Self.expectRefusal(of: refused, naming: column, constraint: "\(table)_bounds", in: database)
                    guard !Self.insertedOnly.contains(column) else { continue }
                    await Self.expectRefusal(of: try Self.update(values, of: table), naming: column, constraint: "\(table)_bounds", in: database)
                }
                let names = try await database.sql(
                    "SELECT DISTINCT (regexp_matches(prosrc, $$THEN '([a-z_]+)'$$, 'g'))[1] FROM pg_proc WHERE proname = 'check_\(table)_bounds'"
                ).compactMap(\.first)
                #expect(!names.isEmpty && Set(names) == Set(cases.map(\.column)), "every bound has its case here")
            }
            #expect(try await database.sql(state) == before)
        }
    }

    @Test("What lies on the bounds is taken")
    func boundsAreInclusive() async throws {
        try await TestDatabase.with { database in
            try await Self.seed(database)
            for values in [
                """
                {"subject":"\(Self.long(500))","description":"\(Self.long(65_536))","type":"\(Self.long(64))","channel":"wecom","category":"\(Self.long(200))",
                "location":"\(Self.long(200))","external_ref":"\(Self.long(200))","language":"\(Self.long(35))","service_area":"\(Self.long(100))",
                "latitude_microdegrees":90000000,"longitude_microdegrees":-180000000,"priority":4,"impact":3,"urgency":3,"weight":100,
                "open_consultations":10,"task_count":500,"open_required_tasks":500,"offer_round":3}
                """,
                #"{"subject":"x","type":"x","language":"en","service_area":"x","priority":1,"impact":1,"urgency":1,"weight":1,"urge_count":0,"task_count":0}"#,
            ] { try await database.sql(try Self.update(values, of: "ticket")) }
            let load = #"{"capacity":100000,"ramp_up_seconds":86400,"wrap_up_seconds":0,"rate_assignments":1000,"rate_minutes":1440}"#
            try await database.sql(try Self.update(load, of: "agent_load"))
        }
    }

    @Test("What assignments write has a constraint: a state, one answer to an offer, no load below zero")
    func constraintsHold() async throws {
        try await TestDatabase.with { database in
            try await Self.seed(database)
            for (change, constraint) in [
                ("ticket SET state = 'sleeping'", "ticket_state_check"), ("ticket SET state = NULL", nil),
                ("ticket SET offered_agent_id = id, offered_at = now(), offer_expires_at = now(), assignee_id = id", "ticket_check1"),
                ("ticket SET merged_into = gen_random_uuid()", "ticket_merged_is_closed"), ("agent_load SET load = -1", "agent_load_load_check"),
                ("agent_load SET channel_loads = '{1}'", "agent_load_channel_loads_check"),
            ] {
                let error = await #expect(throws: PostgresError.self, "\(change)") { try await database.sql("UPDATE docket.\(change)") }
                #expect(error?.constraint == constraint, "\(change): \(String(describing: error))")
            }
        }
    }

    /// The server reads these texts again for each statement that writes a row: a ticket's 25,000 characters cost a fifth of a create.
    @Test("The constraints of the rows that are written most stay short: a new one belongs into the trigger, if assignments leave its column alone")
    func constraintsAreShort() async throws {
        try await TestDatabase.with { database in
            let lengths = try await database.sql(
                """
                SELECT conrelid::regclass::text, sum(length(conbin::text)) FROM pg_constraint
                WHERE contype = 'c' AND conrelid IN ('docket.ticket'::regclass, 'docket.agent_load'::regclass, 'docket.routing_entry'::regclass,
                    'docket.ticket_event'::regclass, 'docket.sla_timer'::regclass, 'docket.sla_ledger'::regclass)
                GROUP BY 1 HAVING sum(length(conbin::text)) > 4000
                """
            )
            #expect(lengths.isEmpty)
        }
    }
}
