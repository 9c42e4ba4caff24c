import Domain
import Postgres
import Scheduler
import ServiceLifecycle
import Store
import TestSupport
import Testing
import UseCases

/// The service as it runs: several at once, without wake-ups, through faults.
@Suite(.serialized) struct SchedulerServiceTests {
    private func create(_ count: Int, _ desk: SchedulerDesk) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for number in 0..<count where number % 4 == worker { try await desk.create() }
                }
            }
            try await group.waitForAll()
        }
    }

    private func overdue(_ desk: SchedulerDesk) async throws -> Int {
        try await desk.number("SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now()")
    }

    /// Every ticket got its warning and its breach, each once, in this order.
    private func expectAllFiredOnce(_ count: Int, _ desk: SchedulerDesk) async throws {
        #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 2 * count)
        let histories = try await desk.database.sql(
            "SELECT string_agg(kind, ' ' ORDER BY seq) FROM docket.ticket_event GROUP BY ticket_id"
        )
        #expect(histories.count == count)
        #expect(Set(histories.map { $0[0] }) == ["ticket.created sla.warned sla.breached"])
    }

    @Test("Three schedulers at once fire everything, and nothing twice (I4)")
    func three() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await create(300, desk)
            try await desk.advance(by: 4_000)
            try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                try await desk.database.withEnvironment(role: "docket_scheduler") { third in
                    try await desk.withSchedulers([desk.scheduler, second, third]) {
                        try await desk.eventually("all fired") { try await overdue(desk) == 0 }
                    }
                }
            }
            try await expectAllFiredOnce(300, desk)
        }
    }

    @Test("Cutting all connections again and again loses nothing and doubles nothing (I10)")
    func faults() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await create(300, desk)
            try await desk.withSchedulers([desk.scheduler], batchSize: 5) {
                for round in 0..<5 {
                    try await desk.advance(by: 800)
                    try await desk.database.sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_scheduler' AND datname = current_database()"
                    )
                    if round == 4 { try await desk.eventually("all fired") { try await overdue(desk) == 0 } }
                }
            }
            try await expectAllFiredOnce(300, desk)
        }
    }

    @Test("With every notification lost the poll finds what became due")
    func lostNotifications() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.withSchedulers([desk.scheduler]) {
                try await desk.create()
                try await desk.advance(by: 1_801)
                try await desk.eventually("the warning fired") { try await desk.number("SELECT count(*) FROM docket.sla_firing") == 1 }
            }
        }
    }

    @Test("It sleeps until the next time and wakes then, with polls too rare to help; a notification tells of an earlier time")
    func sleep() async throws {
        try await SchedulerDesk.with(
            policy: #"{"name":"Quick","targets":[{"metric":"first_response","seconds":1,"mode":"calendar"}]}"#
        ) { desk in
            let listener = ListenService(configuration: try desk.database.configuration(role: "docket_scheduler"), logger: desk.quiet)
            try await desk.database.withClient(role: "docket_api") { client in
                let notifier = Notifier(client: client, logger: desk.quiet)
                let api = TestDatabase.environment(client, notifier: notifier)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run() }
                    group.addTask { try await notifier.run() }
                    try await desk.withSchedulers([desk.scheduler], wakeUps: WakeUpSource(listener: listener), pollInterval: .seconds(3_600)) {
                        for count in 1...3 {
                            _ = try await TicketCommands(environment: api).create(
                                NewTicket(content: TicketContent(subject: "A test")),
                                in: desk.tenant.id,
                                by: .system
                            )
                            try await desk.eventually("it fired") { try await desk.number("SELECT count(*) FROM docket.sla_firing") == count }
                        }
                    }
                    group.cancelAll()
                }
            }
        }
    }

    @Test("One tenant's backlog does not keep another's timers waiting")
    func fairness() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await create(400, desk)
            try await desk.advance(by: 100)
            let other = try await TestTenant.make(in: desk.database)
            try await other.addPolicy(SchedulerDesk.oneHour)
            try await desk.create(in: other.id)
            try await desk.advance(by: 4_000)
            try await desk.withSchedulers([desk.scheduler], batchSize: 10) {
                try await desk.eventually("all fired") { try await overdue(desk) == 0 }
            }
            // The other tenant's ticket, the least overdue of all, was done in the first rounds.
            let earlier = try await desk.number(
                """
                SELECT count(DISTINCT xid) FROM docket.ticket_event WHERE kind = 'sla.breached'
                AND xid < (SELECT min(xid) FROM docket.ticket_event WHERE kind = 'sla.breached' AND tenant_id = '\(other.id)')
                """
            )
            #expect(earlier <= 4)
        }
    }

    @Test("Tickets that cannot be judged, however many, keep no later timer of their tenant waiting")
    func manyFailures() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await create(1_100, desk)
            try await desk.database.sql("UPDATE docket.sla_ledger SET document = '{\"timers\": 7}'")
            try await desk.advance(by: 60)
            let good = try await desk.create()
            try await desk.advance(by: 4_000)
            try await desk.withSchedulers([desk.scheduler], batchSize: 100) {
                try await desk.eventually("the good one fired") {
                    try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE ticket_id = '\(good)'") == 2
                }
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 2)
        }
    }

    @Test("A graceful shutdown ends it after the batch under way")
    func shutdown() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await create(100, desk)
            try await desk.advance(by: 4_000)
            var configuration = SchedulerConfiguration()
            configuration.batchSize = 5
            let service = SchedulerService(
                environment: desk.scheduler,
                wakeUps: WakeUpSource(listener: nil),
                configuration: configuration,
                logger: desk.quiet
            )
            let group = ServiceGroup(services: [service], logger: desk.quiet)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await desk.eventually("it has begun") { try await overdue(desk) < 100 }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            let firings = try await desk.number("SELECT count(*) FROM docket.sla_firing")
            let events = try await desk.number("SELECT count(*) FROM docket.ticket_event WHERE kind LIKE 'sla.%'")
            #expect(firings == events && firings > 0)
        }
    }

    @Test("Re-evaluations that are over and deliveries that were given up go after the time that is set; live ones and young ones stay")
    func retention() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, requested_at, finished_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), 'policy', 1, CASE WHEN n % 2 = 0 THEN 'done' ELSE 'superseded' END, docket.now() - a.age,
                    docket.now() - a.age FROM generate_series(1, 700) n,
                    LATERAL (SELECT make_interval(days => CASE WHEN n <= 650 THEN 91 ELSE 89 END) AS age) a;
                INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, requested_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'policy', 1, 'running', docket.now() - interval '200 days');
                INSERT INTO docket.sla_reevaluation_part (tenant_id, reevaluation_id, number, tickets, not_before)
                    SELECT tenant_id, id, 1, '{}', docket.now() FROM docket.sla_reevaluation WHERE state IN ('superseded', 'running');
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, payload, attempts, reason, created_at, died_at, is_digest)
                SELECT '\(desk.tenant.id)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'mail', '{}', 10, 'x', docket.now(),
                    docket.now() - make_interval(days => CASE WHEN n <= 2100 THEN 91 ELSE 89 END), n % 2 = 0 FROM generate_series(1, 2110) n;
                INSERT INTO docket.mail_notice (tenant_id, digest_id, id, payload, created_at)
                    SELECT tenant_id, id, gen_random_uuid(), '{}', docket.now() FROM docket.outbox_dead WHERE is_digest;
                """
            )
            let housekeeping = Housekeeping(database: desk.scheduler.database)
            #expect(try await housekeeping.run() == 650 + 2_100)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation") == 51)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation_part") == 26)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox_dead") == 10)
            #expect(try await desk.number("SELECT count(*) FROM docket.mail_notice") == 5)
            #expect(try await housekeeping.run() == 0)
            try await desk.advance(by: 2 * 86_400)
            #expect(try await Housekeeping(database: desk.scheduler.database, retentionDays: 100).run() == 0)
            #expect(try await housekeeping.run() == 60)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation WHERE state = 'running'") == 1)
        }
    }

    @Test("Old idempotency records go, young ones stay, and the partitions for three months are there")
    func housekeeping() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.idempotency_record (tenant_id, principal, key, fingerprint, status, body, created_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), n::text, sha256('x'), 201, '',
                    docket.now() - make_interval(days => CASE WHEN n <= 2500 THEN 8 ELSE 6 END)
                FROM generate_series(1, 2600) n
                """
            )
            let housekeeping = Housekeeping(database: desk.scheduler.database)
            #expect(try await housekeeping.run() == 2_500)
            #expect(try await desk.number("SELECT count(*) FROM docket.idempotency_record") == 100)
            try await desk.advance(by: 70 * 86_400)
            #expect(try await housekeeping.run() == 100)
            #expect(
                try await desk.number(
                    """
                    SELECT count(*) FROM pg_class WHERE relname = 'ticket_event_' || to_char(docket.now() + interval '3 months', 'YYYYMM')
                    """
                ) == 1
            )
        }
    }

    @Test("A month that cannot be made keeps neither other months nor the other table nor what is old, and is told of")
    func brokenMonth() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            try await desk.advance(by: 200 * 86_400)
            try await desk.database.sql(
                """
                INSERT INTO docket.idempotency_record (tenant_id, principal, key, fingerprint, status, body, created_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'k', sha256('x'), 201, '', docket.now() - interval '8 days');
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 1, docket.now(), pg_current_xact_id(), 1, 'x', 'system', '{}')
                """
            )
            let housekeeping = Housekeeping(database: desk.scheduler.database)
            let failure = await #expect(throws: PartitionFailure.self) { try await housekeeping.run() }
            #expect(failure?.table == .ticketEvents && failure?.months == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.idempotency_record") == 0)
            func months(_ table: String) async throws -> Int {
                try await desk.number(
                    """
                    SELECT count(*) FROM generate_series(0, 3) m
                    WHERE to_regclass('docket.\(table)_' || to_char(date_trunc('month', docket.now() AT TIME ZONE 'UTC') + make_interval(months => m), 'YYYYMM')) IS NOT NULL
                    """
                )
            }
            #expect(try await months("ticket_event") == 3)
            #expect(try await months("delivery_attempt") == 4)
        }
    }

    @Test("A table that is read for long gets its months later; the other one and what is old do not wait for it")
    func busyTable() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            try await desk.advance(by: 200 * 86_400)
            let ticket = try await desk.create()
            let housekeeping = Housekeeping(database: desk.scheduler.database)
            var reading = TenantUnit(desk.tenant.id)
            reading.add(LoadEvents(tenant: desk.tenant.id, ticket: ticket, limit: 10))
            try await desk.api.database.transaction(reading) { _, _ in
                let failure = await #expect(throws: PartitionFailure.self) { try await housekeeping.run() }
                // The others were not tried: writers would have waited behind each of them.
                #expect(failure?.table == .ticketEvents && failure?.months == 1)
                let events = try await desk.number("SELECT count(*) FROM docket.ticket_event_default")
                #expect(events == 1)
            }
            let limit = "SELECT count(*) FROM pg_proc WHERE proname = 'ensure_partitions' AND 'lock_timeout=200ms' = ANY (proconfig)"
            #expect(try await desk.number(limit) == 1)
        }
    }

    @Test("Absences go two years after they were over; what is still to be done about one keeps it")
    func absences() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.database.sql(
                """
                INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, tickets, starts_at, ends_at, created_by_kind, created_at, next_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(agent)', 'sickness', 'all', e.at - interval '1 day', e.at, 'api', e.at,
                    CASE WHEN n <= 2 THEN e.at END
                FROM generate_series(1, 1200) n, LATERAL (SELECT docket.now() - make_interval(days => CASE WHEN n <= 1150 THEN 731 ELSE 728 END) AS at) e
                """
            )
            let housekeeping = Housekeeping(database: desk.scheduler.database)
            #expect(try await housekeeping.run() == 1_148)
            #expect(try await desk.number("SELECT count(*) FROM docket.agent_absence") == 52)
            try await desk.advance(by: 3 * 86_400)
            #expect(try await housekeeping.run() == 50)
            #expect(try await desk.number("SELECT count(*) FROM docket.agent_absence WHERE next_at IS NOT NULL") == 2)
        }
    }

    @Test("What cannot be deleted of one tenant keeps neither another's rows nor the penalties")
    func oneBadTenant() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"}],
             "penalties":[{"metric":"first_response","over_seconds":0,"amount":100,"currency":"EUR"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let other = try await TestTenant.make(in: desk.database)
            #expect(desk.tenant.id < other.id)
            for tenant in [desk.tenant.id, other.id] {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.idempotency_record (tenant_id, principal, key, fingerprint, status, body, created_at)
                        VALUES ('\(tenant)', gen_random_uuid(), 'k', sha256('x'), 201, '', docket.now() - interval '8 days');
                    INSERT INTO docket.outbox_dead (tenant_id, id, kind, payload, attempts, reason, created_at, died_at)
                        VALUES ('\(tenant)', gen_random_uuid(), 'mail', '{}', 10, 'x', docket.now(), docket.now() - interval '91 days');
                    """
                )
            }
            try await desk.database.sql(
                """
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
                CREATE TRIGGER refuse BEFORE DELETE ON docket.idempotency_record
                    FOR EACH ROW WHEN (OLD.tenant_id = '\(desk.tenant.id)') EXECUTE FUNCTION public.refuse();
                CREATE TRIGGER refuse BEFORE DELETE ON docket.outbox_dead
                    FOR EACH ROW WHEN (OLD.tenant_id = '\(desk.tenant.id)') EXECUTE FUNCTION public.refuse();
                """
            )
            await #expect(throws: StoreError.self) { try await Housekeeping(database: desk.scheduler.database).run() }
            for table in ["idempotency_record", "outbox_dead"] {
                #expect(try await desk.database.sql("SELECT tenant_id FROM docket.\(table)") == [[desk.tenant.id.description]], "\(table)")
            }
            try await desk.create()
            try await desk.advance(by: 4_000)
            try await desk.fire()
            try await desk.withSchedulers([desk.scheduler]) {
                try await desk.eventually("the penalty was computed") { try await desk.number("SELECT count(*) FROM docket.sla_penalty") == 1 }
            }
        }
    }
}
