import Domain
import Scheduler
import Store
import TestSupport
import Testing
import UseCases

/// Re-evaluations through crashes, locks, edits under way and tickets that cannot be measured.
@Suite(.serialized) struct ReevaluationFaultTests {
    @Test("A worker that dies in a part leaves the part; nothing is done twice")
    func crash() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 60)
            try await desk.setTarget(7_200)
            for _ in 0..<4 { _ = try await desk.reevaluations().step(in: desk.tenant.id) }
            let examined = try await desk.newestReevaluation().examined
            #expect(examined > 0 && examined < 60)
            // The last statement of the next part never happens: its transaction is undone.
            try await desk.database.sql(
                """
                CREATE FUNCTION docket.crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                GRANT EXECUTE ON FUNCTION docket.crash() TO PUBLIC;
                ALTER FUNCTION docket.crash() OWNER TO postgres;
                ALTER FUNCTION docket.crash() SECURITY DEFINER;
                CREATE TRIGGER crash BEFORE DELETE ON docket.sla_reevaluation_part EXECUTE FUNCTION docket.crash();
                """
            )
            await #expect(throws: StoreError.self) { try await desk.reevaluations().step(in: desk.tenant.id) }
            #expect(try await desk.newestReevaluation().examined == examined)
            #expect(try await desk.policyChanges() == Int(examined))
            try await desk.database.sql("DROP TRIGGER crash ON docket.sla_reevaluation_part")
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect(done.state == .done)
            #expect([done.total, done.examined, done.changed] == [60, 60, 60])
            #expect(try await desk.policyChanges() == 60)
            for id in ids.prefix(10) { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("Three schedulers whose connections are cut do every ticket once; what is due fires meanwhile")
    func cuts() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let other = try await TestTenant.make(in: desk.database)
            try await other.addPolicy(SchedulerDesk.oneHour)
            let ids = try await desk.create(count: 300)
            try await desk.create(in: other.id)
            try await desk.setTarget(90_000)
            try await desk.advance(by: 1_801)
            try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                try await desk.database.withEnvironment(role: "docket_scheduler") { third in
                    try await desk.withSchedulers([desk.scheduler, second, third]) {
                        for _ in 0..<5 {
                            try await desk.database.sql(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_scheduler' AND datname = current_database()"
                            )
                        }
                        try await desk.eventually("all measured") { try await desk.newestReevaluation().state == .done }
                        try await desk.eventually("the other tenant's warning") {
                            try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE tenant_id = '\(other.id)'") == 1
                        }
                    }
                }
            }
            let done = try await desk.newestReevaluation()
            #expect([done.total, done.examined, done.changed, done.failed] == [300, 300, 300, 0])
            #expect(try await desk.policyChanges() == 300)
            #expect(try await desk.timers(dueAfter: 90_000) == 300)
            for id in ids.prefix(20) { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("An edit during a re-evaluation takes its place: every ticket ends under the newest version")
    func editMeanwhile() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 40)
            try await desk.setTarget(7_200)
            for _ in 0..<3 { _ = try await desk.reevaluations().step(in: desk.tenant.id) }
            let first = try await desk.newestReevaluation()
            #expect(first.state == .running)
            try await desk.setTarget(9_000)
            try await desk.reevaluate()
            let queries = ReevaluationQueries(environment: desk.api)
            #expect(try await queries.reevaluation(first.id, in: desk.tenant.id).state == .superseded)
            #expect(try await desk.newestReevaluation().state == .done)
            #expect(try await desk.timers(dueAfter: 9_000) == 40)
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_reevaluation_part") == 0)
            #expect(try await desk.policyChanges() == 40 + Int(first.changed))
            for id in ids.prefix(10) { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("A ticket that somebody has locked is done when it is free")
    func lockedTicket() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 5)
            try await desk.setTarget(7_200)
            try await desk.database.withClient(role: "docket_api") { client in
                var first = TenantUnit(desk.tenant.id)
                first.add(LockTicket(tenant: desk.tenant.id, ticket: ids[2]))
                let end = try await Database(client: client).transaction(first) { _, _ in try await desk.reevaluate().end }
                #expect(end == .blocked)
            }
            let partly = try await desk.newestReevaluation()
            #expect(partly.state == .running && partly.examined == 4)
            try await desk.advance(by: 1)
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().state == .done)
            #expect(try await desk.newestReevaluation().examined == 5)
            #expect(try await desk.timers(dueAfter: 7_200) == 5)
        }
    }

    @Test("It begins when the commands that decided by the configuration before have ended: none of their tickets is missed")
    func commandUnderWay() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let version = try await desk.api.configurations.configuration(of: desk.tenant.id).version
            try await desk.create()
            try await desk.database.withClient(role: "docket_api") { client in
                var first = TenantUnit(desk.tenant.id)
                first.add(RequireConfiguration(tenant: desk.tenant.id, version: version))
                let (end, state) = try await Database(client: client).transaction(first) { _, _ in
                    try await desk.setTarget(7_200)
                    let end = try await desk.reevaluate().end
                    // A command by the new version is in nobody's way.
                    try await desk.create()
                    return (end, try await desk.newestReevaluation().state)
                }
                #expect(end == .blocked && state == .waiting)
            }
            #expect(try await desk.reevaluate().end == .idle)
            #expect(try await desk.timers(dueAfter: 7_200) == 2)
        }
    }

    @Test("Clocks that cannot be read, and a ticket that the database refuses, are counted; the others are done")
    func poison() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 20)
            try await desk.database.sql(
                """
                UPDATE docket.sla_ledger SET document = '{"timers": 7}' WHERE ticket_id = '\(ids[4])';
                CREATE FUNCTION docket.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                GRANT EXECUTE ON FUNCTION docket.refuse() TO PUBLIC;
                CREATE TRIGGER refuse BEFORE UPDATE ON docket.sla_ledger FOR EACH ROW WHEN (NEW.ticket_id = '\(ids[11])') EXECUTE FUNCTION docket.refuse();
                """
            )
            try await desk.setTarget(7_200)
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect(done.state == .done)
            #expect([done.total, done.examined, done.changed, done.failed] == [20, 20, 18, 2])
            #expect(done.error != nil)
            #expect(try await desk.timers(dueAfter: 7_200) == 18)
        }
    }
}
