import Domain
import Store
import TestSupport
import Testing
import UseCases

/// `docket doctor` on tenants' rows: broken, seen, repaired, right, and untouched by a second repair.
@Suite struct DoctorTenantTests {
    private func proveRepair(_ desk: DoctorDesk, _ check: DoctorCheck, repaired: Int) async throws {
        #expect(try await desk.repair(check) == repaired)
        let finding = try await desk.finding(check)
        #expect(finding.status == .ok, "\(finding.message) \(finding.details)")
        #expect(try await desk.repair(check) == 0)
    }

    @Test("A load that is not the sum of the tickets (I3)", arguments: [0, 7])
    func loads(wrong: Int) async throws {
        try await DoctorDesk.with { desk in
            #expect(try await desk.value("SELECT load FROM docket.agent_load") == "1")
            try await desk.database.sql("UPDATE docket.agent_load SET load = \(wrong)")
            let finding = try await desk.finding(.agentLoads)
            #expect(finding.status == .problem)
            #expect(finding.number(wrong > 1 ? "too_high" : "too_low") == 1)
            #expect(finding.details.first?.contains(desk.agent.description) == true)
            try await proveRepair(desk, .agentLoads, repaired: 1)
            #expect(try await desk.value("SELECT load FROM docket.agent_load") == "1")
            // He may have room now: somebody looks.
            #expect(try await desk.value("SELECT count(*) > 0 FROM docket.routing_signal") == "t")
        }
    }

    @Test(
        "A load that is right as a whole, but not on its channels, or beside other open offers",
        arguments: ["open_offers = 1", "channel_loads = channel_loads[2:] || channel_loads[1]"]
    )
    func partsOfLoads(change: String) async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("UPDATE docket.agent_load SET \(change)")
            let finding = try await desk.finding(.agentLoads)
            #expect(finding.status == .problem && finding.number("wrong_in_part") == 1)
            #expect(finding.number("too_low") == 0 && finding.number("too_high") == 0)
            try await proveRepair(desk, .agentLoads, repaired: 1)
        }
    }

    @Test("An assignee who does not exist is named, and not repaired where the ticket's history is not asked")
    func unknownAssignee() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("UPDATE docket.ticket SET assignee_id = gen_random_uuid() WHERE id = '\(desk.assigned)'")
            let finding = try await desk.finding(.agentLoads)
            #expect(finding.number("unknown_assignees") == 1)
            #expect(finding.number("too_high") == 1)
            var options = DoctorOptions()
            options.skipped = [.histories]
            let repairs = try await desk.withDoctor(options) { try await $0.repair() }
            #expect(repairs.first { $0.check == .agentLoads }?.repaired == 1)
            #expect(try await desk.finding(.agentLoads).number("unknown_assignees") == 1)
            #expect(try await desk.repair(.histories) == 1)
            #expect(try await desk.finding(.agentLoads).status == .ok)
        }
    }

    @Test("A waiting ticket without its entry gets the one that it had")
    func missingEntry() async throws {
        try await DoctorDesk.with { desk in
            let row = "SELECT r::text FROM docket.routing_entry r WHERE ticket_id = '\(desk.waiting)'"
            let before = try await desk.value(row)
            try await desk.database.sql("DELETE FROM docket.routing_entry; DELETE FROM docket.routing_signal")
            let finding = try await desk.finding(.routingEntries)
            #expect(finding.status == .problem)
            #expect(finding.number("missing") == 1)
            try await proveRepair(desk, .routingEntries, repaired: 1)
            #expect(try await desk.value(row) == before)
            #expect(try await desk.value("SELECT count(*) FROM docket.routing_signal") == "1")
        }
    }

    @Test(
        "An entry that says something else than its ticket",
        arguments: [
            "ticket_version = 99", "weight = 50", "priority = 1", "queue_id = gen_random_uuid()", "eligible_at = eligible_at + interval '1 hour'",
            "channel = 'phone'", "service_area = 'north'", "latitude_microdegrees = 1, longitude_microdegrees = 2", "offer_round = 2",
            "rank_at = rank_at - interval '1 min'", "overflow_at = now(), next_step_at = now()",
        ]
    )
    func staleEntry(change: String) async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                UPDATE docket.queue SET updated_at = updated_at - interval '1 hour';
                UPDATE docket.routing_lane SET overflow_seconds = 0;
                """
            )
            #expect(try await desk.finding(.routingEntries).status == .ok)
            try await desk.database.sql("UPDATE docket.routing_entry SET \(change)")
            let finding = try await desk.finding(.routingEntries)
            #expect(finding.status == .problem)
            #expect(finding.number("stale") == 1)
            try await proveRepair(desk, .routingEntries, repaired: 1)
        }
    }

    @Test(
        "An entry that moves on at another time than its queue says, or not at all, or wakes nobody then",
        arguments: [
            ("overflow_at = NULL, next_step_at = NULL", 1), ("overflow_at = eligible_at, next_step_at = eligible_at", 1),
            ("next_step_at = NULL", 1), ("next_step_at = overflow_at + interval '1 s'", 1), ("next_step_at = eligible_at", 0),
            ("overflow_at = overflow_at + interval '1 hour'", 0),
        ]
    )
    func wrongTimes(change: String, faults: Int64) async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    SELECT tenant_id, gen_random_uuid(), 'Second', created_at, updated_at FROM docket.queue;
                UPDATE docket.queue SET overflow_queue_id = (SELECT id FROM docket.queue WHERE name = 'Second'), overflow_after_seconds = 600
                    WHERE name <> 'Second';
                UPDATE docket.tenant_configuration SET version = version + 1;
                UPDATE docket.routing_lane SET overflow_seconds = 600;
                UPDATE docket.routing_entry SET overflow_at = eligible_at + interval '600 s', next_step_at = eligible_at + interval '600 s';
                """
            )
            #expect(try await desk.finding(.routingEntries).status == .ok)
            try await desk.database.sql("UPDATE docket.routing_entry SET \(change)")
            #expect(try await desk.finding(.routingEntries).number("stale") == faults)
            if faults > 0 { try await proveRepair(desk, .routingEntries, repaired: 1) }
        }
    }

    @Test("An entry whose ticket does not wait")
    func orphanedEntry() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills,
                    required_levels, optional_skills, optional_ranks, ticket_version)
                SELECT tenant_id, '\(desk.assigned)', queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills, required_levels,
                    optional_skills, optional_ranks, 2 FROM docket.routing_entry
                """
            )
            let finding = try await desk.finding(.routingEntries)
            #expect(finding.status == .warning)
            #expect(finding.number("orphaned") == 1)
            try await proveRepair(desk, .routingEntries, repaired: 1)
            #expect(try await desk.value("SELECT string_agg(ticket_id::text, ' ') FROM docket.routing_entry") == desk.waiting.description)
        }
    }

    @Test("A ticket that waits without a queue is named, and not repaired")
    func stranded() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("UPDATE docket.ticket SET queue_id = NULL WHERE id = '\(desk.waiting)'")
            #expect(try await desk.finding(.routingEntries).number("stranded") == 1)
            #expect(try await desk.repair(.routingEntries) == 0)
        }
    }

    @Test(
        "Timers that are not those of the ledger: rebuilt as they were",
        arguments: [
            "UPDATE docket.sla_timer SET next_fire_at = NULL", "UPDATE docket.sla_timer SET due_at = due_at + interval '1 second'",
            "UPDATE docket.sla_timer SET state = 'met'", "DELETE FROM docket.sla_timer",
        ]
    )
    func timers(harm: String) async throws {
        try await DoctorDesk.with { desk in
            let rows = "SELECT string_agg(t::text, ';' ORDER BY ticket_id, metric, instance) FROM docket.sla_timer t"
            let before = try await desk.value(rows)
            try await desk.database.sql(harm)
            let finding = try await desk.finding(.timers)
            #expect(finding.status == .problem)
            #expect(finding.number("different") == 2)
            try await proveRepair(desk, .timers, repaired: 4)
            #expect(try await desk.value(rows) == before)
        }
    }

    @Test("Timers that no ledger knows")
    func surplusTimers() async throws {
        try await DoctorDesk.with { desk in
            let insert = "INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, next_fire_at) VALUES"
            try await desk.database.sql(
                """
                \(insert) ('\(desk.tenant.id)', '\(desk.waiting)', 'stage', 5, 'running', docket.now());
                DELETE FROM docket.sla_ledger WHERE ticket_id = '\(desk.assigned)'
                """
            )
            let finding = try await desk.finding(.timers)
            #expect(finding.status == .problem)
            #expect(finding.number("surplus") == 2)
            // The ledger that was lost is made first from the history, with its timers.
            try await proveRepair(desk, .timers, repaired: 1)
            #expect(try await desk.value("SELECT count(*) FROM docket.sla_timer") == "4")
        }
    }

    @Test("A ledger that cannot be read is named; nothing is derived from it, and the history makes it again")
    func unreadableLedger() async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql("UPDATE docket.sla_ledger SET document = '[]' WHERE ticket_id = '\(desk.waiting)'")
            let finding = try await desk.finding(.timers)
            #expect(finding.status == .problem)
            #expect(finding.number("unreadable") == 1)
            #expect(try await desk.finding(.histories).number("different_ledgers") == 1)
            #expect(try await desk.repair(.timers) == 0)
            #expect(try await desk.value("SELECT count(*) FROM docket.sla_timer") == "4")
            #expect(try await desk.finding(.timers).status == .ok)
            #expect(try await desk.finding(.histories).status == .ok)
        }
    }

    @Test("Timers that nobody fires are overdue; what a scheduler has fired agrees with its history")
    func overdue() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await desk.database.advanceClock(by: 4_000)
            let finding = try await desk.finding(.timers)
            #expect(finding.status == .problem)
            #expect(finding.number("overdue") == 4)
            #expect(try await desk.finding(.histories).status == .ok)
            try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
                _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
            }
            #expect(try await desk.finding(.timers).status == .ok)
            let histories = try await desk.finding(.histories)
            #expect(histories.status == .ok, "\(histories.details)")
            #expect(histories.number("tickets") == 2)
        }
    }

    @Test(
        "A row that its events do not rebuild (I5) is written anew from them",
        arguments: [
            "UPDATE docket.ticket SET subject = 'Another' WHERE number = 1", "UPDATE docket.ticket SET priority = 1 WHERE number = 1",
            "UPDATE docket.ticket SET version = version + 1 WHERE number = 1", "UPDATE docket.ticket SET assignee_id = NULL WHERE number = 2",
            "UPDATE docket.ticket SET state = 'resolved', resolved_at = docket.now(), channel = 'phone' WHERE number = 1",
            "UPDATE docket.ticket SET last_seq = 1, state = 'waiting_assignment', assignee_id = NULL WHERE number = 2",
        ]
    )
    func rows(harm: String) async throws {
        try await DoctorDesk.with { desk in
            #expect(try await desk.finding(.histories).status == .ok)
            let rows = "SELECT string_agg(t::text, ';' ORDER BY id) FROM docket.ticket t"
            let before = try await desk.value(rows)
            try await desk.database.sql(harm)
            let finding = try await desk.finding(.histories)
            #expect(finding.status == .problem)
            #expect(finding.number("different_rows") == 1)
            #expect(finding.details.first?.contains("row: says something else than its history") == true)
            try await proveRepair(desk, .histories, repaired: 1)
            #expect(try await desk.value(rows) == before)
            // What follows from the row was never wrong, or is right again.
            for check in [DoctorCheck.agentLoads, .routingEntries, .timers] { #expect(try await desk.finding(check).status == .ok) }
        }
    }

    @Test(
        "A row that its events do not decide is left as it is, and the report says why",
        arguments: [
            ("DELETE FROM docket.ticket_event WHERE seq = 1 AND ticket_id = $", TicketRowFault.noCreation),
            ("DELETE FROM docket.ticket_event WHERE seq = 2 AND ticket_id = $", TicketRowFault.gap),
            ("DELETE FROM docket.ticket_event WHERE seq > 1 AND ticket_id = $", TicketRowFault.missingEvents),
            ("UPDATE docket.ticket SET number = 77 WHERE id = $", TicketRowFault.otherNumber),
        ]
    )
    func undecidedRows(harm: String, fault: TicketRowFault) async throws {
        try await DoctorDesk.with { desk in
            try await desk.database.sql(harm.replacing("$", with: "'\(desk.assigned)'"))
            let rows = "SELECT string_agg(t::text, ';' ORDER BY id) FROM docket.ticket t"
            let before = try await desk.value(rows)
            let repairs = try await desk.withDoctor { try await $0.repair() }
            let repair = try #require(repairs.first { $0.check == .histories })
            #expect(!repair.isComplete && repair.message.contains("1: \(fault.rawValue)"), "\(repair.message)")
            #expect(try await desk.value(rows) == before)
            let finding = try await desk.finding(.histories)
            #expect(finding.number("different_rows") == 1)
            #expect(finding.details.contains { $0.hasSuffix("row: \(fault.rawValue)") }, "\(finding.details)")
        }
    }

    @Test(
        "A ledger that the events do not rebuild (I5)",
        arguments: [
            "UPDATE docket.sla_ledger SET document = jsonb_set(document::jsonb, '{timers,0,due_at}', '\"2040-01-01T00:00:00.000000Z\"') WHERE ticket_id = $",
            """
            UPDATE docket.sla_ledger SET document = jsonb_set(document::jsonb, '{timers}',
                (SELECT jsonb_agg(t || '{"pending":[]}') FROM jsonb_array_elements(document::jsonb->'timers') t)) WHERE ticket_id = $
            """,
            "DELETE FROM docket.sla_ledger WHERE ticket_id = $",
        ]
    )
    func ledgers(harm: String) async throws {
        try await DoctorDesk.with { desk in
            let rows = "SELECT string_agg(t::text, ';' ORDER BY ticket_id, metric, instance) FROM docket.sla_timer t"
            let before = try await desk.value(rows)
            try await desk.database.sql(harm.replacing("$", with: "'\(desk.waiting)'"))
            let finding = try await desk.finding(.histories)
            #expect(finding.status == .problem, "\(finding.message)")
            #expect(finding.number("different_ledgers") == 1)
            #expect(finding.number("different_rows") == 0)
            try await proveRepair(desk, .histories, repaired: 1)
            #expect(try await desk.value(rows) == before)
        }
    }

    @Test("A ledger is made again with what schedulers have passed; where the history does not say what that was, nothing is touched")
    func ledgersAfterFiring() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await desk.database.advanceClock(by: 4_000)
            try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
                _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
            }
            let ledgers = "SELECT string_agg(document::jsonb::text, ';' ORDER BY ticket_id) FROM docket.sla_ledger"
            let before = try await desk.value(ledgers)
            let forget = "UPDATE docket.sla_ledger SET document = jsonb_set(document::jsonb, '{timers}', '[]') WHERE ticket_id = '\(desk.waiting)'"
            try await desk.database.sql(forget)
            try await proveRepair(desk, .histories, repaired: 1)
            #expect(try await desk.value(ledgers) == before)

            try await desk.database.sql(forget)
            try await desk.database.sql("DELETE FROM docket.ticket_event WHERE ticket_id = '\(desk.waiting)' AND kind = 'sla.breached'")
            #expect(try await desk.repair(.histories, isComplete: false) == 0)
            #expect(try await desk.finding(.histories).number("different_ledgers") == 1)
        }
    }

    @Test(
        "Promises that the table of firings does not decide exactly once",
        arguments: [
            "DELETE FROM docket.sla_firing WHERE kind = 'breach'", "UPDATE docket.sla_firing SET instance = 7",
            "UPDATE docket.sla_firing SET fired_at = scheduled_for - interval '1 second'",
        ]
    )
    func undecided(harm: String) async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await desk.database.advanceClock(by: 4_000)
            try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
                _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
            }
            #expect(try await desk.finding(.timers).status == .ok)
            try await desk.database.sql(harm)
            let finding = try await desk.finding(.timers)
            #expect(finding.status == .problem)
            #expect(finding.number("undecided") == 2)
        }
    }

    @Test("Deliveries that are late, abandoned, dead, or held for longer than any schedule plans")
    func outbox() async throws {
        try await DoctorDesk.with { desk in
            func insert(_ due: String, unrecorded: Int = 0) async throws {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at, unrecorded)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'mail', '{}', docket.now(), docket.now() + interval '\(due)', \(unrecorded))
                    """
                )
            }
            try await insert("1 day")
            #expect(try await desk.finding(.outbox).status == .ok)
            try await insert("-1 hour")
            #expect(try await desk.finding(.outbox).status == .warning)
            try await insert("-1 hour", unrecorded: 1)
            #expect(try await desk.finding(.outbox).number("abandoned") == 1)
            #expect(try await desk.finding(.outbox).status == .problem)
            try await desk.database.sql("UPDATE docket.tenant SET active = false")
            #expect(try await desk.finding(.outbox).status == .ok, "a suspended tenant's deliveries wait as they should")
            try await desk.database.sql("UPDATE docket.tenant SET active = true")
            try await desk.database.sql("DELETE FROM docket.outbox WHERE next_attempt_at < docket.now()")
            try await insert("3 days")
            let held = try await desk.finding(.outbox)
            #expect(held.status == .problem)
            #expect(held.number("unreachable") == 1)
            try await proveRepair(desk, .outbox, repaired: 1)
            #expect(try await desk.value("SELECT count(*) FROM docket.outbox WHERE next_attempt_at <= docket.now() AND lease_token = 1") == "1")
            try await desk.database.sql(
                """
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, payload, attempts, reason, created_at, died_at)
                VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'mail', '{}', 10, 'refused', docket.now(), docket.now())
                """
            )
            #expect(try await desk.finding(.outbox).status == .warning)
            #expect(try await desk.finding(.outbox).number("dead") == 1)
            #expect(try await desk.finding(.outbox).number("notices") == 0)
            try await desk.database.sql(
                """
                INSERT INTO docket.held_notice (tenant_id, due_at, agent_id, ticket_id, event_seq)
                SELECT '\(desk.tenant.id)', docket.now() + n * interval '1 hour', gen_random_uuid(), gen_random_uuid(), 1 FROM generate_series(-2, 3) n
                """
            )
            #expect(try await desk.finding(.outbox).number("notices") == 2)
        }
    }

    @Test("Presence leases that ran out long ago, or never end", arguments: [("-2 days", DoctorStatus.warning), ("30 days", .problem)])
    func presence(lease: String, status: DoctorStatus) async throws {
        try await DoctorDesk.with { desk in
            #expect(try await desk.finding(.presence).status == .ok)
            try await desk.database.sql("UPDATE docket.agent_presence SET lease_until = docket.now() + interval '\(lease)'")
            #expect(try await desk.finding(.presence).status == status)
            try await proveRepair(desk, .presence, repaired: 1)
            let presence = "SELECT status || (lease_until <= docket.now())::text FROM docket.agent_presence"
            #expect(try await desk.value(presence) == "offlinetrue")
        }
    }

    @Test("More than a page of faults is repaired, tenant by tenant, and the next command finds what it expects")
    func many() async throws {
        try await DoctorDesk.with { desk in
            for number in 1...120 {
                _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "Ticket \(number)")), in: desk.tenant.id, by: .system)
            }
            try await desk.database.sql("DELETE FROM docket.routing_entry; DELETE FROM docket.sla_timer")
            #expect(try await desk.repair(.routingEntries) == 121)
            #expect(try await desk.finding(.timers).status == .ok)
            _ = try await desk.commands.assign(TicketRequest(desk.waiting, in: desk.tenant.id, by: .system), to: desk.agent)
            let findings = try await desk.withDoctor { try await $0.examine(schema: DoctorDesk.schema) }
            for check in [DoctorCheck.agentLoads, .routingEntries, .timers, .histories] {
                #expect(findings.first { $0.check == check }?.status == .ok, "\(check)")
            }
        }
    }
}
