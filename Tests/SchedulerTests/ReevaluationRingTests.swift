import Domain
import Postgres
import Scheduler
import Store
import TestSupport
import Testing
import UseCases

/// Edits that come faster than a re-evaluation takes: it goes on where the one before stopped, in a ring.
@Suite struct ReevaluationRingTests {
    /// Tickets with at least so many edits taken over.
    private func measured(_ times: Int, _ desk: SchedulerDesk) async throws -> Int {
        try await desk.number(
            """
            SELECT count(*) FROM (SELECT FROM docket.ticket_event WHERE kind = 'sla.policy_changed' GROUP BY ticket_id HAVING count(*) >= \(times)) t
            """
        )
    }

    @Test("With an edit after every second step, each ticket is measured once in every circle, and the last circle is a whole one")
    func edits() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 40)
            let reevaluations = desk.reevaluations()
            var target: Int64 = 7_000
            func edit(_ times: Int) async throws {
                for _ in 0..<times {
                    target += 1
                    try await desk.setTarget(target)
                    // One divides, the other does a part of seven.
                    for _ in 0..<2 { _ = try await reevaluations.step(in: desk.tenant.id) }
                }
            }
            // Six parts; the seventh edit finds the end, and begins from the first.
            try await edit(6)
            #expect(try await measured(1, desk) == 40)
            #expect(try await measured(2, desk) == 0)
            try await edit(8)
            #expect(try await measured(2, desk) == 40)
            try await edit(3)
            // From the midst of the tickets.
            let last = try await desk.newestReevaluation()
            #expect(last.state == .running && last.examined == 7 && last.total <= 40)
            #expect(
                try await desk.value(
                    "SELECT begins_after <> '00000000-0000-0000-0000-000000000000' FROM docket.sla_reevaluation WHERE state = 'running'"
                ) == "t"
            )
            try await desk.reevaluate(reevaluations)
            let done = try await desk.newestReevaluation()
            #expect(done.id == last.id && done.state == .done && done.isCounted)
            #expect([done.total, done.examined, done.changed, done.failed] == [40, 40, 40, 0])
            #expect(try await desk.timers(dueAfter: Int(target)) == 40)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation_part") == 0)
            for id in ids.prefix(8) + ids.suffix(8) { try await desk.expectHistoryRebuilds(id) }
            // With none under way the next begins from the first.
            try await desk.setTarget(60)
            #expect(
                try await desk.value(
                    "SELECT begins_after = '00000000-0000-0000-0000-000000000000' FROM docket.sla_reevaluation WHERE state = 'waiting'"
                ) == "t"
            )
        }
    }

    @Test("A long stretch of closed tickets is not gone through again with each edit")
    func closedStretch() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let before = try await desk.create(count: 3)
            // Ids of this millisecond: behind those that are there, before those to come.
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                SELECT '\(desk.tenant.id)', (substr(m.hex, 1, 8) || '-' || substr(m.hex, 9) || '-7fff-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 100000 + n, 1, 1,
                    's', '', 'incident', 'api', 'closed', 3, docket.now(), docket.now()
                FROM generate_series(1, 33000) n,
                    (SELECT lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') AS hex) m
                """
            )
            let after = try await desk.create(count: 3)
            let order = try await desk.database.sql(
                "SELECT state <> 'closed', count(*) FROM docket.ticket GROUP BY 1, id < '\(after[0])', id <= '\(before[2])' ORDER BY min(id::text)"
            )
            #expect(order.map { $0[1] } == ["3", "33000", "3"])
            let reevaluations = desk.reevaluations()
            for round in 0..<3 {
                try await desk.setTarget(7_000 + Int64(round))
                for _ in 0..<2 { _ = try await reevaluations.step(in: desk.tenant.id) }
            }
            #expect(try await measured(1, desk) == 6)
        }
    }

    @Test("A part that fails does not hold up the ring, nor do tickets that somebody has locked")
    func poison() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 20)
            try await desk.database.sql(
                """
                CREATE FUNCTION docket.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                GRANT EXECUTE ON FUNCTION docket.refuse() TO PUBLIC;
                CREATE TRIGGER refuse BEFORE UPDATE ON docket.sla_ledger FOR EACH ROW WHEN (NEW.ticket_id = '\(ids[2])') EXECUTE FUNCTION docket.refuse();
                """
            )
            let reevaluations = desk.reevaluations()
            try await desk.database.withClient(role: "docket_api") { client in
                var first = TenantUnit(desk.tenant.id)
                first.add(LockTicket(tenant: desk.tenant.id, ticket: ids[9]))
                try await Database(client: client).transaction(first) { _, _ in
                    for round in 0..<3 {
                        try await desk.setTarget(7_000 + Int64(round))
                        for _ in 0..<2 { _ = try await reevaluations.step(in: desk.tenant.id) }
                    }
                }
            }
            // The first part failed as a whole, the second did all but one, the third everything.
            #expect(try await measured(1, desk) == 6 + 6)
            try await desk.advance(by: 1)
            try await desk.reevaluate(reevaluations)
            let done = try await desk.newestReevaluation()
            #expect(done.state == .done && [done.total, done.examined, done.changed, done.failed] == [20, 20, 19, 1])
            #expect(try await desk.timers(dueAfter: 7_002) == 19)
        }
    }

    /// Has the table of parts to itself until its transaction ends.
    private struct LockParts: Statement {
        typealias Row = NoRow
        static let sql = "LOCK TABLE docket.sla_reevaluation_part IN ACCESS EXCLUSIVE MODE"
    }

    @Test("Whoever gets a part that was added for a move knows of the move: the part is looked for first")
    func orderOfSteps() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (acme, globex) = (try await desk.addOrganization("Acme"), try await desk.addOrganization("Globex"))
            let ada = try await desk.addRequester(of: acme)
            let id = try await desk.create(TicketContent(subject: "x", requesterID: ada))
            try await desk.database.sql(
                """
                UPDATE docket.requester SET organization_id = '\(globex)';
                INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, requested_at)
                    SELECT tenant_id, gen_random_uuid(), 'policy', version, 'running', docket.now() FROM docket.tenant_configuration;
                """
            )
            // The part comes while the worker waits for the table: between two of its statements, had the other come first.
            let worker = try await desk.database.withClient(role: "docket_scheduler") { client in
                var first = TenantUnit(desk.tenant.id)
                first.add(LockParts())
                return try await Database(client: client).transaction(first) { transaction, _ in
                    let worker = Task { try await desk.reevaluations().step(in: desk.tenant.id) }
                    try await desk.eventually("the worker waits") {
                        try await desk.number(
                            """
                            SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'docket.sla_reevaluation_part'::regclass
                            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                            """
                        ) == 1
                    }
                    var statements = StatementList()
                    statements.add(JoinReevaluation(tenant: desk.tenant.id, tickets: [id], partSize: 7))
                    _ = try await transaction.commit(statements)
                    return worker
                }
            }
            let report = try await worker.value
            #expect(report.examined == 1 && report.changed == 1)
            #expect(try await desk.ticket(id).content.organizationID == globex)
        }
    }
}
