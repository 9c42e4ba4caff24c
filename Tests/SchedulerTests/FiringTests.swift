import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Thresholds of timers, batch by batch.
@Suite struct FiringTests {
    @Test("A warning and a breach fire once each, in order, at their times (I4)")
    func warningAndBreach() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            let createdAt = try await desk.ticket(id).createdAt
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 1_801)
            let warned = try await desk.fire()
            #expect(warned.warnings == 1 && warned.breaches == 0)
            #expect(try await desk.fire().claimed == 0)
            try await desk.advance(by: 1_801)
            let breached = try await desk.fire()
            #expect(breached.warnings == 0 && breached.breaches == 1)
            #expect(try await desk.fire().claimed == 0)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.warned", "sla.breached"])
            let fired = try await desk.history(of: id).compactMap { event -> Timestamp? in
                switch event.payload {
                case .timerWarned(let fired), .timerBreached(let fired): fired.scheduledFor
                default: nil
                }
            }
            #expect(fired == [createdAt.adding(microseconds: 1_800_000_000), createdAt.adding(microseconds: 3_600_000_000)])
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "breached_running")
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("After downtime both thresholds of a timer fire in one batch, warning first")
    func both() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 100_000)
            let report = try await desk.fire()
            #expect(report.warnings == 1 && report.breaches == 1 && report.claimed == 1)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.warned", "sla.breached"])
            #expect(report.lags.count == 2 && report.lags[0] > report.lags[1])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("After downtime the longest overdue come first, by time and id")
    func order() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            var ids: [TicketID] = []
            for _ in 0..<6 {
                ids.append(try await desk.create())
                try await desk.advance(by: 10)
            }
            try await desk.advance(by: 1_800)
            var fired: [TicketID] = []
            for _ in ids {
                #expect(try await desk.fire(limit: 1).warnings == 1)
                let last = try await desk.value("SELECT ticket_id FROM docket.ticket_event WHERE kind = 'sla.warned' ORDER BY xid DESC LIMIT 1")
                fired.append(try #require(TicketID(last)))
            }
            #expect(fired == ids)
        }
    }

    @Test("A reply in time wins although the scheduler was down at the deadline and comes later")
    func replyInTime() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.advance(by: 3_500)
            try await desk.reply(to: id, by: agent)
            try await desk.advance(by: 3_600)
            #expect(try await desk.fire().fired == 0)
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "met")
            // The warning was due before the reply and has happened: the command recorded it.
            #expect(try await desk.kinds(of: id).filter { $0.hasPrefix("sla.") } == ["sla.warned"])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A reply too late finds the breach, which is recorded once")
    func replyTooLate() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.advance(by: 3_700)
            try await desk.reply(to: id, by: agent)
            #expect(try await desk.fire().fired == 0)
            #expect(try await desk.value("SELECT state FROM docket.sla_timer") == "breached_met")
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A locked ticket is skipped, the others fire; it fires when it is free")
    func lockedTicket() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let locked = try await desk.create()
            let free = try await desk.create()
            try await desk.advance(by: 1_801)
            try await desk.database.withClient(role: "docket_api") { client in
                var first = TenantUnit(desk.tenant.id)
                first.add(LockTicket(tenant: desk.tenant.id, ticket: locked))
                let claimed = try await Database(client: client).transaction(first) { _, _ in
                    try await desk.fire().claimed
                }
                #expect(claimed == 1)
            }
            #expect(try await desk.kinds(of: free).last == "sla.warned")
            #expect(try await desk.fire().warnings == 1)
            #expect(try await desk.kinds(of: locked).last == "sla.warned")
        }
    }

    @Test("A claim locks no more tickets than it takes: another scheduler gets the rest meanwhile")
    func claimLocksWhatItTakes() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let oldest = try await desk.create()
            for _ in 0..<3 { try await desk.create() }
            try await desk.advance(by: 1_801)
            try await desk.database.withClient(role: "docket_scheduler") { client in
                let database = Database(client: client)
                #expect(try await database.timerBacklog() == 4)
                var first = TenantUnit(desk.tenant.id)
                let claim = first.add(ClaimDueTickets(tenant: desk.tenant.id, limit: 1, excluded: []))
                let others = try await database.transaction(first) { _, result in
                    #expect(try result.rows(claim).map(\.id) == [oldest])
                    return try await desk.fire().claimed
                }
                #expect(others == 3)
                #expect(try await database.timerBacklog() == 1)
            }
        }
    }

    @Test("A ticket that cannot be judged does not stop the others")
    func poison() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let bad = try await desk.create()
            let good = try await desk.create()
            try await desk.database.sql("UPDATE docket.sla_ledger SET document = '{\"timers\": 7}' WHERE ticket_id = '\(bad)'")
            try await desk.advance(by: 1_801)
            let report = try await desk.fire()
            #expect(report.failed.map(\.ticket) == [bad])
            #expect(report.warnings == 1)
            #expect(try await desk.kinds(of: good).last == "sla.warned")
            #expect(try await desk.fire(excluding: [bad]).claimed == 0)
        }
    }

    @Test("A second firing of one threshold is impossible: the key undoes the whole batch")
    func key() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            let before = try await desk.value("SELECT document FROM docket.sla_ledger")
            try await desk.advance(by: 1_801)
            _ = try await desk.fire()
            // As if a defect had forgotten that the warning fired.
            try await desk.database.sql(
                "UPDATE docket.sla_ledger SET document = '\(before)'; UPDATE docket.sla_timer SET next_fire_at = docket.now() - interval '1 second'"
            )
            await #expect(throws: DueBatchFailure.self) { try await desk.fire() }
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.warned"])
        }
    }

    @Test("A waiting ticket stays assignable: its queue entry follows the new version")
    func waiting() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.advance(by: 1_801)
            _ = try await desk.fire()
            let version = try await desk.ticket(id).version
            #expect(version == 2)
            #expect(try await desk.number("SELECT ticket_version FROM docket.routing_entry") == Int(version))
        }
    }

    @Test("A row that disagrees with its clocks is put right")
    func healing() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            let next = try await desk.value("SELECT next_fire_at FROM docket.sla_timer")
            try await desk.database.sql("UPDATE docket.sla_timer SET next_fire_at = docket.now() - interval '1 second'")
            #expect(try await desk.fire().fired == 0)
            #expect(try await desk.value("SELECT next_fire_at FROM docket.sla_timer") == next)
            #expect(try await desk.kinds(of: id) == ["ticket.created"])
        }
    }

    @Test("Webhooks hear of firings under ids of their own")
    func webhooks() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
                VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com', '{sla.breached}', '\\x00', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.create()
            try await desk.advance(by: 4_000)
            _ = try await desk.fire()
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'webhook'") == 1)
        }
    }

    /// Two clocks that come to half of their time at the same moment.
    private static let twoPromises = #"""
        {"name":"Twice","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":3600,"mode":"calendar"}],
        "warnings":[{"percent":50}]}
        """#

    @Test("A ticket with several timers due is taken up once, and a full claim says that more may be due")
    func severalTimers() async throws {
        try await SchedulerDesk.with(policy: Self.twoPromises) { desk in
            let ticket = try await desk.create()
            let next = try await desk.create()
            try await desk.advance(by: 1_801)
            let report = try await desk.fire(limit: 2)
            #expect(report.claimed == 1)
            #expect(report.warnings == 2)
            #expect(report.hasMore)
            #expect(try await desk.kinds(of: ticket).filter { $0 == "sla.warned" }.count == 2)
            #expect(try await desk.kinds(of: next).allSatisfy { $0 != "sla.warned" })
            #expect(try await desk.fire(limit: 3).claimed == 1)
        }
    }

    @Test("The claim reads the tenant's own end of the index, and of that no more than it takes")
    func plan() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            for _ in 0..<40 { try await desk.create() }
            try await desk.advance(by: 1_801)
            let plan = try await desk.database.sql(
                """
                ANALYZE docket.sla_timer, docket.escalation_run, docket.ticket;
                SET enable_seqscan = off;
                SET enable_bitmapscan = off;
                SET plan_cache_mode = force_generic_plan;
                PREPARE claim (uuid, bigint, bigint, uuid[], timestamptz, uuid) AS \(ClaimDueTickets.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE claim ('\(desk.tenant.id)', 10, 80, '{}', '1900-01-01', '00000000-0000-0000-0000-000000000000');
                """
            ).map { $0.joined() }
            #expect(plan.contains { $0.contains("Merge Append") && $0.contains("rows=10 ") }, "\(plan.joined(separator: "\n"))")
            #expect(plan.contains { $0.contains("sla_timer_due") && $0.contains("rows=10 ") })
            #expect(plan.contains { $0.contains("escalation_run_due") })
            #expect(plan.contains { $0.contains("LockRows") })
        }
    }
}
