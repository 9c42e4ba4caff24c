import Domain
import Store
import TestSupport
import Testing
import UseCases

/// `docket doctor` on the database as a whole: each thing is broken by a superuser, seen, mended, and seen to be right.
@Suite struct DoctorCatalogueTests {
    /// How to break something, how to mend it, and what the finding names.
    struct Damage: Sendable, CustomTestStringConvertible {
        let harm: String
        let mend: String
        let names: String
        var status = DoctorStatus.problem

        var testDescription: String { harm }
    }

    private func prove(_ check: DoctorCheck, _ damage: Damage) async throws {
        try await DoctorDesk.with { desk in
            #expect(try await desk.finding(check).status == .ok)
            try await desk.database.sql(damage.harm)
            let finding = try await desk.finding(check)
            #expect(finding.status == damage.status, "\(finding.message)")
            #expect((finding.details + [finding.message]).contains { $0.contains(damage.names) }, "\(finding.details) \(finding.message)")
            #expect(!finding.advice.isEmpty)
            try await desk.database.sql(damage.mend)
            #expect(try await desk.finding(check).status == .ok)
        }
    }

    @Test("A deployment at work has no problem, and nothing is repaired")
    func healthy() async throws {
        try await DoctorDesk.with { desk in
            // Whether the server of a test is durable is its own affair.
            let findings = try await desk.withDoctor { try await $0.examine(schema: DoctorDesk.schema) }
            #expect(findings.map(\.check) == DoctorCheck.allCases)
            for finding in findings where ![.settings, .server, .roles].contains(finding.check) {
                #expect(finding.status == .ok, "\(finding.check): \(finding.message) \(finding.details)")
            }
            for finding in findings where [.server, .roles].contains(finding.check) {
                #expect(finding.status < .problem, "\(finding.check): \(finding.message)")
            }
            let repairs = try await desk.withDoctor { try await $0.repair() }
            #expect(repairs.allSatisfy { $0.repaired == 0 && $0.isComplete }, "\(repairs)")
            #expect(
                Set(repairs.map(\.check)) == [.timeZones, .partitions, .agentLoads, .routingEntries, .timers, .histories, .outbox, .presence]
            )
        }
    }

    @Test(
        "Row security that is not the template's",
        arguments: [
            Damage(
                harm: "ALTER TABLE docket.skill DISABLE ROW LEVEL SECURITY",
                mend: "ALTER TABLE docket.skill ENABLE ROW LEVEL SECURITY",
                names: "skill: row security is off"
            ),
            Damage(
                harm: "ALTER TABLE docket.skill FORCE ROW LEVEL SECURITY",
                mend: "ALTER TABLE docket.skill NO FORCE ROW LEVEL SECURITY",
                names: "skill: row security is forced"
            ),
            Damage(
                harm: "DROP POLICY tenant ON docket.queue; DROP POLICY base ON docket.queue",
                mend: "SELECT docket.protect_tenant_table('docket.queue')",
                names: "queue: the policy tenant is missing"
            ),
            Damage(
                harm: "ALTER POLICY tenant ON docket.ticket TO docket_api",
                mend: "ALTER POLICY tenant ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler, docket_courier",
                names: "ticket: the policy tenant is missing or changed"
            ),
            Damage(
                harm: "CREATE POLICY stray ON docket.ticket USING (true)",
                mend: "DROP POLICY stray ON docket.ticket",
                names: "ticket: a policy that is not the template's: stray"
            ),
            Damage(
                harm: "ALTER TABLE docket.skill OWNER TO CURRENT_USER",
                mend: "ALTER TABLE docket.skill OWNER TO docket_owner",
                names: "skill: belongs to"
            ),
            Damage(
                harm: "CREATE TABLE docket.stray (id int)",
                mend: "DROP TABLE docket.stray",
                names: "stray: a table without a tenant"
            ),
            Damage(
                harm: "CREATE VIEW docket.everything AS SELECT * FROM docket.ticket",
                mend: "DROP VIEW docket.everything",
                names: "everything: a view"
            ),
            Damage(
                harm: "GRANT SELECT ON docket.ticket TO PUBLIC",
                mend: "REVOKE SELECT ON docket.ticket FROM PUBLIC",
                names: "ticket: granted to PUBLIC"
            ),
        ]
    )
    func rowSecurity(_ damage: Damage) async throws {
        try await prove(.rowSecurity, damage)
    }

    @Test(
        "Triggers, constraints and indexes that are not in force",
        arguments: [
            Damage(
                harm: "ALTER TABLE docket.ticket_message DISABLE TRIGGER ALL",
                mend: "ALTER TABLE docket.ticket_message ENABLE TRIGGER ALL",
                names: "ticket_message.RI_ConstraintTrigger"
            ),
            Damage(
                harm: "ALTER TABLE docket.skill ADD CONSTRAINT loose CHECK (version > 0) NOT VALID",
                mend: "ALTER TABLE docket.skill VALIDATE CONSTRAINT loose",
                names: "docket.skill.loose"
            ),
            Damage(
                harm: "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'docket.ticket_created'::regclass",
                mend: "REINDEX INDEX docket.ticket_created",
                names: "ticket_created: the index is not valid"
            ),
        ]
    )
    func constraints(_ damage: Damage) async throws {
        try await prove(.constraints, damage)
    }

    @Test("A role that overrides what isolation or durability stands on", arguments: ["row_security", "synchronous_commit"])
    func roleSettings(name: String) async throws {
        try await DoctorDesk.with { desk in
            let alter = "ALTER ROLE docket_courier IN DATABASE \(desk.database.name)"
            try await desk.database.sql("\(alter) SET \(name) = off")
            let broken = try await desk.finding(.settings)
            #expect(broken.status == .problem)
            #expect(broken.message.contains("\(name) is off for the role docket_courier"))
            try await desk.database.sql("\(alter) RESET \(name)")
            let mended = try await desk.finding(.settings)
            #expect(!mended.message.contains("docket_courier"))
        }
    }

    @Test("A setting of the database as a session gets it")
    func databaseSettings() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("ALTER DATABASE \(desk.database.name) SET default_transaction_isolation = 'serializable'")
            #expect(try await desk.finding(.settings).message.contains("default_transaction_isolation is serializable"))
        }
    }

    @Test("History tables without room: made by a repair, once")
    func partitions() async throws {
        try await DoctorDesk.with { desk in
            #expect(try await desk.finding(.partitions).number("delivery_attempt_months") == 4)
            let months = try await desk.database.sql(
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'docket.delivery_attempt'::regclass ORDER BY 1"
            ).compactMap(\.first).filter { !$0.hasSuffix("default") }
            for name in months.dropFirst() { try await desk.database.sql("DROP TABLE docket.\(name)") }
            #expect(try await desk.finding(.partitions).status == .warning)
            try await desk.database.sql("DROP TABLE docket.\(try #require(months.first))")
            #expect(try await desk.finding(.partitions).status == .problem)
            #expect(try await desk.repair(.partitions) == months.count)
            #expect(try await desk.finding(.partitions).status == .ok)
            #expect(try await desk.repair(.partitions) == 0)
        }
    }

    @Test("Rows in a default partition")
    func strays() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, detail, duration_us)
                VALUES ('\(desk.tenant.id)', '2001-01-01', gen_random_uuid(), 1, 'mail', 'failed', '', 0)
                """
            )
            let finding = try await desk.finding(.partitions)
            #expect(finding.status == .warning)
            #expect(finding.message.contains("delivery_attempt"))
        }
    }

    @Test("A test clock is named, and a clock that somebody replaced is a problem")
    func clock() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await desk.database.advanceClock(by: 3_600)
            let finding = try await desk.finding(.clock)
            #expect(finding.status == .warning)
            #expect((3_599_000_000...3_601_000_000).contains(finding.number("offset_us") ?? 0))
        }
        try await prove(
            .clock,
            Damage(
                harm:
                    "CREATE OR REPLACE FUNCTION docket.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp() - interval ''1 hour'''",
                mend: "CREATE OR REPLACE FUNCTION docket.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()'",
                names: "docket.now() is -36"
            )
        )
    }

    @Test("Sessions in another zone")
    func zone() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("ALTER DATABASE \(desk.database.name) SET timezone = 'Asia/Shanghai'")
            let finding = try await desk.finding(.clock)
            #expect(finding.status == .warning)
            #expect(finding.message.contains("Asia/Shanghai"))
        }
    }

    @Test("A transaction that stays open, and sits idle")
    func transactions() async throws {
        try await DoctorDesk.with { desk in
            try await desk.api.database.transaction(TenantUnit(desk.tenant.id)) { _, _ in
                var limits = DoctorLimits()
                limits.transactionSeconds = 0
                limits.idleSeconds = 0
                let finding = try await desk.finding(.transactions, limits: limits)
                #expect(finding.status >= .warning)
                #expect(finding.number("long") == 1)
                #expect(finding.number("idle_in_transaction") == 1)
                #expect(try await desk.finding(.transactions).status == .ok)
            }
        }
    }

    @Test("A transaction of another database that writes is named with its database, since the change feed waits for it, too")
    func transactionsElsewhere() async throws {
        try await DoctorDesk.with { desk in
            try await TestDatabase.with { other in
                let tenant = try await TestTenant.make(in: other)
                try await other.withEnvironment { api in
                    var first = TenantUnit(tenant.id)
                    first.add(SignalQueue(tenant: tenant.id, queue: tenant.queue, id: IdentifierSource().next()))
                    try await api.database.transaction(first) { _, _ in
                        var limits = DoctorLimits()
                        // Older than what other tests write just now.
                        limits.transactionSeconds = 2
                        let (limit, expected) = (limits, "database \(other.name): a transaction of a client backend")
                        let isNamed = try await eventually {
                            let finding = try await desk.finding(.transactions, limits: limit)
                            return finding.status >= .warning && (finding.number("other_databases") ?? 0) >= 1
                                && finding.details.contains { $0.hasPrefix(expected) }
                        }
                        #expect(isNamed)
                    }
                }
            }
        }
    }

    @Test("A month that cannot be made is told of, and keeps no other from being made")
    func brokenMonth() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                DO $$ DECLARE child text; BEGIN
                    FOR child IN SELECT inhrelid::regclass::text FROM pg_inherits
                        WHERE inhparent IN ('docket.ticket_event'::regclass, 'docket.delivery_attempt'::regclass)
                            AND inhrelid::regclass::text > 'docket.' || split_part(inhparent::regclass::text, '.', 2) || to_char(docket.now(), '"_"YYYYMM')
                            AND inhrelid::regclass::text !~ 'default' LOOP
                        EXECUTE 'DROP TABLE ' || child;
                    END LOOP;
                END $$;
                UPDATE docket.ticket_event SET at = date_trunc('month', docket.now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '40 days'
                """
            )
            var options = DoctorOptions()
            options.skipped = Set(DoctorCheck.allCases).subtracting([.partitions])
            let repair = try #require(try await desk.withDoctor(options) { try await $0.repair() }.first)
            #expect(repair.repaired == 5 && !repair.isComplete, "\(repair.message)")
            #expect(repair.message.contains("1 months of ticket_event got no partition: "), "\(repair.message)")
        }
    }

    @Test("Events that bear numbers of another server's transactions")
    func changeFeed() async throws {
        let events = "UPDATE docket.ticket_event SET xid ="
        try await prove(
            .changeFeed,
            Damage(
                harm: "\(events) (xid::text::bigint + 4294967296)::text::xid8",
                mend: "\(events) (xid::text::bigint - 4294967296)::text::xid8",
                names: "of 1 tenants"
            )
        )
    }

    @Test("The queue of notifications is measured")
    func notifications() async throws {
        try await DoctorDesk.with { desk in
            var limits = DoctorLimits()
            limits.notificationShare = -1
            let strict = try await desk.finding(.notifications, limits: limits)
            #expect(strict.status == .warning)
            let usual = try await desk.finding(.notifications)
            #expect(usual.status == .ok)
        }
    }

    @Test("Who cannot see everything is refused, and so is a database without Docket")
    func access() async throws {
        try await DoctorDesk.with { desk in
            await #expect(throws: DoctorError.notOperator) { _ = try await Doctor(environment: desk.api).examine(schema: DoctorDesk.schema) }
            await #expect(throws: DoctorError.notOperator) { _ = try await Doctor(environment: desk.api).repair() }
            try await desk.database.sql("ALTER SCHEMA docket RENAME TO other")
            await #expect(throws: DoctorError.noSchema) { try await desk.withDoctor { _ = try await $0.examine(schema: DoctorDesk.schema) } }
        }
    }

    @Test("Calendars that were made by another release of the time zone database are told")
    func timeZones() async throws {
        try await DoctorDesk.with { desk in
            func finding(_ current: String?) async throws -> DoctorFinding? {
                try await desk.database.withEnvironment(role: "docket_migrate", connections: 2) { environment in
                    let doctor = Doctor(environment: environment, timeZoneDatabase: current)
                    return try await doctor.examine(schema: DoctorDesk.schema).first { $0.check == .timeZones }
                }
            }
            let unknown = try await finding("2025b")
            #expect(unknown?.status == .ok && unknown?.message.contains("of 1 calendars it is not known") == true)
            try await desk.database.sql("UPDATE docket.calendar SET tz_database = '2025b'")
            #expect(try await finding("2025b")?.status == .ok)
            let other = try await finding("2026a")
            #expect(other?.status == .warning && other?.message.contains("2026a; 1 calendars were made by 2025b") == true)
            #expect(try await finding(nil)?.status == .warning)
            // The repair takes this machine's release over, and asks for the running clocks to be measured by it, once.
            try await desk.database.sql("UPDATE docket.calendar SET tz_database = '2024a'")
            #expect(try await desk.repair(.timeZones) == 1)
            #expect(try await finding("2025b")?.status == .ok)
            #expect(try await desk.repair(.timeZones) == 0)
            let asked = try await desk.database.sql("SELECT cause, is_forced FROM docket.sla_reevaluation")
            #expect(asked == [["time_zones", "t"]])
            // Rules that no version kept are kept now, once.
            let kept = """
                SELECT count(*) FROM docket.calendar_version v JOIN docket.calendar_zone_rules r ON r.tenant_id = v.tenant_id
                AND r.release = v.tz_database AND r.zone = v.definition ->> 'tz'
                """
            #expect(try await desk.database.sql(kept) == [["1"]])
            let version = "SELECT version FROM docket.tenant_configuration"
            let before = try await desk.database.sql(version)
            #expect(try await desk.repair(.timeZones) == 0)
            #expect(try await desk.database.sql(version) == before)
        }
    }

    @Test("A check that fails by itself is a problem, and the others are made")
    func unchecked() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("ALTER TABLE docket.outbox_dead RENAME TO buried")
            let findings = try await desk.withDoctor { try await $0.examine(schema: DoctorDesk.schema) }
            #expect(findings.count == DoctorCheck.allCases.count)
            let outbox = try #require(findings.first { $0.check == .outbox })
            #expect(outbox.status == .problem)
            #expect(outbox.message.contains("42P01"))
            #expect(findings.first { $0.check == .presence }?.status == .ok)
        }
    }
}
