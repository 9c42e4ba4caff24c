import Domain
import Scheduler
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

/// Resolved tickets are closed, and closed ones archived, by themselves (features.md A4.1, A4.16).
@Suite struct AgingTests {
    private static let day = 86_400.0

    @Test("Closed after its days with every promise's outcome, archived after its days; the events alone give ticket and clocks")
    func life() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let resource = TicketID(high: 7, low: 7)
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.org', '\\x00', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                INSERT INTO docket.resource (tenant_id, id, name, type, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(resource)', 'Room', 'room', docket.now(), docket.now());
                """
            )
            let id = try await desk.create()
            try await desk.resolve(id)
            try await desk.database.sql(
                """
                INSERT INTO docket.booking (tenant_id, id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), '\(id)', '\(resource)', docket.now(), docket.now() + interval '60 days', 'system', docket.now())
                """
            )
            // Nobody answered, and nobody wants an answer any more: the clock stands still, and stays so.
            #expect(try await desk.database.sql("SELECT state, outcome FROM docket.sla_timer") == [["paused", "running"]])
            try await desk.advance(by: 30 * Self.day)
            #expect(try await desk.age() == TicketAgingReport())

            try await desk.keepTickets(close: 31, archive: 5)
            #expect(try await desk.age() == TicketAgingReport())
            try await desk.advance(by: Self.day - 60)
            #expect(try await desk.age() == TicketAgingReport())
            try await desk.advance(by: 61)
            #expect(try await desk.age().closed == 1)
            let closed = try await desk.ticket(id)
            #expect(closed.state == .closed && closed.closedAt != nil)
            let last = try #require(try await desk.history(of: id).last { $0.payload.kind == "ticket.state_changed" })
            guard case .stateChanged(let move) = last.payload else { throw UseCaseError.busy }
            #expect(move.from == .resolved && move.to == .closed && move.cause == .autoClose)
            #expect(last.actor == .system && last.version == closed.version)
            #expect(try await desk.database.sql("SELECT state, outcome FROM docket.sla_timer") == [["cancelled", "cancelled"]])
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE event_seq = \(last.sequence)") == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.booking WHERE cancelled_at IS NULL") == 0)
            #expect(try await desk.kinds(of: id).last == "ticket.booking_cancelled")
            try await desk.expectHistoryRebuilds(id)
            #expect(try await desk.age() == TicketAgingReport())

            try await desk.advance(by: 5 * Self.day - 60)
            #expect(try await desk.age() == TicketAgingReport())
            try await desk.advance(by: 61)
            let report = try await desk.age()
            #expect(report.archived == 1 && report.closed == 0)
            #expect(try await desk.ticket(id).state == .archived)
            try await desk.expectHistoryRebuilds(id)
            try await desk.advance(by: 900 * Self.day)
            #expect(try await desk.age() == TicketAgingReport())
        }
    }

    @Test("Before it is closed that is told once to the feed and to webhooks, and again when it was reopened and resolved again")
    func warning() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.org', '{ticket.closing_soon}', '\\x00', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            func told() async throws -> Int { try await desk.number("SELECT count(*) FROM docket.ticket_event WHERE kind = 'ticket.closing_soon'") }
            let (id, other) = (try await desk.create(), try await desk.create())
            try await desk.resolve(id)
            try await desk.keepTickets(close: 5, archive: nil, warn: 2)
            try await desk.advance(by: 3 * Self.day - 60)
            #expect(try await desk.age() == TicketAgingReport())
            try await desk.advance(by: 61)
            #expect(try await desk.age().warned == 1)
            let event = try #require(try await desk.history(of: id).last)
            let ticket = try await desk.ticket(id)
            let resolvedAt = try #require(ticket.resolvedAt)
            #expect(event.payload == .closingSoon(TicketEvent.ClosingSoon(closesAt: resolvedAt.adding(microseconds: 5 * 86_400_000_000))))
            #expect(event.actor == .system && event.version == ticket.version)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE event_seq = \(event.sequence) AND ticket_id = '\(id)'") == 1)
            // Whatever becomes of the settings: it was told.
            try await desk.keepTickets(close: 9, archive: nil, warn: 8)
            #expect(try await desk.age() == TicketAgingReport())
            try await desk.expectHistoryRebuilds(id)

            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .inProgress, isWithoutAgent: true)
            try await desk.resolve(id)
            try await desk.resolve(other)
            try await desk.keepTickets(close: 5, archive: nil, warn: 2)
            try await desk.advance(by: 3.1 * Self.day)
            let reports = try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                async let first = desk.age(batchSize: 1)
                async let another = desk.age(in: second, batchSize: 1)
                return try await [first, another]
            }
            #expect(reports.reduce(0) { $0 + $1.warned } == 2 && reports.allSatisfy { $0.failed == 0 })
            #expect(try await told() == 3)
            try await desk.advance(by: 2 * Self.day)
            let last = try await desk.age()
            #expect(last.closed == 2 && last.warned == 0)
            try await desk.expectHistoryRebuilds(id)

            // Found so late that it is due to be closed: it is.
            let late = try await desk.create()
            try await desk.resolve(late)
            try await desk.advance(by: 6 * Self.day)
            let report = try await desk.age()
            #expect(report.closed == 1 && report.warned == 0)
            #expect(try await told() == 3)
        }
    }

    @Test("A customer's answer to a ticket that was closed by itself makes a follow-up")
    func followUp() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let id = try await desk.create()
            try await desk.resolve(id)
            try await desk.keepTickets(close: 1, archive: nil)
            try await desk.advance(by: 2 * Self.day)
            #expect(try await desk.age().closed == 1)
            let outcome = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .system),
                visibility: .public,
                author: .requester(nil),
                body: "Not quite."
            )
            guard case .done(let change) = outcome else { throw UseCaseError.busy }
            #expect(change.after.id != id && change.after.links.followUpOf == id)
        }
    }

    @Test("A ticket that is opened again while a scheduler waits for it stays open")
    func reopenedMeanwhile() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let id = try await desk.create()
            try await desk.resolve(id)
            try await desk.keepTickets(close: 1, archive: 1)
            try await desk.advance(by: 2 * Self.day)
            let look = try await desk.database.withClient(role: "docket_api") { client in
                var first = TenantUnit(desk.tenant.id)
                let lock = first.add(LockTicket(tenant: desk.tenant.id, ticket: id))
                return try await Database(client: client).transaction(first) { transaction, result in
                    let ticket = try #require(try result.first(lock))
                    let now = try await desk.api.clock.now()
                    let change = try desk.api.rules.transition(ticket, to: .inProgress, isWithoutAgent: true, by: .system, at: now)
                    let look = Task { try await desk.age() }
                    try await desk.eventually("the scheduler waits") {
                        try await desk.number(
                            """
                            SELECT count(*) FROM pg_stat_activity
                            WHERE wait_event_type = 'Lock' AND usename = 'docket_scheduler' AND datname = current_database()
                            """
                        ) == 1
                    }
                    var statements = StatementList()
                    statements.add(UpdateTicket(tenant: desk.tenant.id, ticket: change.after, expectedVersion: ticket.version))
                    statements.add(InsertEvents(tenant: desk.tenant.id, events: change.events))
                    _ = try await transaction.commit(statements)
                    return look
                }
            }
            let report = try await look.value
            #expect(report == TicketAgingReport())
            #expect(try await desk.ticket(id).state == .inProgress)
            #expect(try await desk.kinds(of: id) == ["ticket.created", "ticket.state_changed", "ticket.state_changed"])
        }
    }

    @Test("Two schedulers at once move every ticket once, and once only")
    func two() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let ids = try await desk.create(count: 60)
            for id in ids { try await desk.resolve(id) }
            try await desk.keepTickets(close: 3, archive: 9)
            for (days, closed, archived) in [(3.1, 60, 0), (9.1, 0, 60)] {
                try await desk.advance(by: days * Self.day)
                let reports = try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                    async let first = desk.age(batchSize: 7)
                    async let other = desk.age(in: second, batchSize: 7)
                    return try await [first, other]
                }
                #expect(reports.reduce(0) { $0 + $1.closed } == closed && reports.reduce(0) { $0 + $1.archived } == archived)
                #expect(reports.allSatisfy { $0.failed == 0 && !$0.hasMore })
            }
            #expect(
                try await desk.database.sql(
                    """
                    SELECT data->>'cause', count(*), count(DISTINCT ticket_id) FROM docket.ticket_event
                    WHERE kind = 'ticket.state_changed' AND data->>'cause' LIKE 'auto%' GROUP BY 1 ORDER BY 1
                    """
                ) == [["auto_archive", "60", "60"], ["auto_close", "60", "60"]]
            )
            for id in ids { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("Tenants take turns; one whose tickets cannot be moved, one that does not want it and one that is not active leave the others alone")
    func tenants() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            var tenants: [TenantID] = []
            for count in [30, 4, 5, 6] {
                let tenant = try await TestTenant.make(in: desk.database).id
                tenants.append(tenant)
                for _ in 0..<count { try await desk.resolve(try await desk.create(in: tenant), in: tenant) }
            }
            let (large, small, unwilling, inactive) = (tenants[0], tenants[1], tenants[2], tenants[3])
            for tenant in [large, small, inactive] { try await desk.keepTickets(close: 1, archive: nil, in: tenant) }
            try await desk.database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(inactive)'")
            try await desk.advance(by: 2 * Self.day)
            let first = try await desk.age(batchSize: 5, ticketsPerTenant: 10)
            #expect(first.closed == 14 && first.hasMore && first.failed == 0)
            // Whoever has the first turn, the small tenant's is over before the large one's third.
            let before = try await desk.number(
                """
                SELECT count(*) FROM docket.ticket_event WHERE tenant_id = '\(large)' AND data->>'cause' = 'auto_close'
                AND xid < (SELECT max(xid) FROM docket.ticket_event WHERE tenant_id = '\(small)' AND data->>'cause' = 'auto_close')
                """
            )
            #expect(before <= 5)

            try await desk.database.sql(
                """
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON docket.ticket FOR EACH ROW
                    WHEN (OLD.tenant_id = '\(large)' AND OLD.number % 2 = 0) EXECUTE FUNCTION public.refuse();
                """
            )
            let late = try await desk.create(in: small)
            try await desk.resolve(late, in: small)
            try await desk.advance(by: 2 * Self.day)
            let reported = Mutex<[TicketID?]>([])
            let second = try await desk.age(batchSize: 5) { failure in reported.withLock { $0.append(failure.ticket) } }
            let left = try await desk.number("SELECT count(*) FROM docket.ticket WHERE tenant_id = '\(large)' AND state = 'resolved'")
            #expect(left > 0 && second.failed == left && second.closed == 20 - left + 1 && !second.hasMore)
            #expect(Set(reported.withLock { $0.compactMap(\.self) }).count == left)
            for (tenant, count) in [(unwilling, 5), (inactive, 6)] {
                #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE tenant_id = '\(tenant)' AND state = 'resolved'") == count)
            }
        }
    }

    @Test("Tickets that cannot be closed keep neither the archive waiting nor, for more than a look, those behind them")
    func failing() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            try await desk.keepTickets(close: 1, archive: nil)
            for id in try await desk.create(count: 2) { try await desk.resolve(id) }
            try await desk.advance(by: 2 * Self.day)
            #expect(try await desk.age().closed == 2)
            for _ in 0..<6 { try await desk.resolve(try await desk.create(TicketContent(subject: "bad"))) }
            try await desk.advance(by: 60)
            for id in try await desk.create(count: 3) { try await desk.resolve(id) }
            try await desk.database.sql(
                """
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON docket.ticket FOR EACH ROW WHEN (OLD.subject = 'bad') EXECUTE FUNCTION public.refuse();
                """
            )
            try await desk.keepTickets(close: 1, archive: 1)
            try await desk.advance(by: 2 * Self.day)
            let aging = TicketAging(environment: desk.scheduler, failures: FailureSink { _ in }, batchSize: 2, ticketsPerTenant: 4)
            // Four that fail are enough for one look; the next goes on behind them, comes to the end, and the one after it begins from the first.
            for (closed, archived, failed) in [(0, 2, 4), (3, 0, 2), (0, 0, 4)] {
                let report = try await aging.run()
                #expect([report.closed, report.archived, report.failed] == [closed, archived, failed] && !report.hasMore)
            }

            try await desk.resolve(try await desk.create())
            try await desk.advance(by: 2 * Self.day)
            let report = try await desk.age(batchSize: 2, ticketsPerTenant: 10)
            #expect([report.closed, report.archived, report.failed] == [1, 3, 6] && !report.hasMore)
        }
    }

    @Test("A running scheduler does it, with the settings as they are by then")
    func service() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let id = try await desk.create()
            try await desk.resolve(id)
            try await desk.advance(by: 9 * Self.day)
            // The scheduler knows the tenant from before the setting.
            _ = try await desk.scheduler.configurations.configuration(of: desk.tenant.id)
            try await desk.keepTickets(close: 9, archive: nil)
            try await desk.withSchedulers([desk.scheduler]) {
                try await desk.eventually("it is closed") { try await desk.ticket(id).state == .closed }
            }
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Days from 1 to 3,650 or none; setting what is set makes no new version")
    func settings() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let administration = LifecycleAdministration(environment: desk.api)
            #expect(try await administration.settings(in: desk.tenant.id) == .manual)
            for days in [0, -1, 3_651] {
                await #expect(throws: UseCaseError.self) { try await desk.keepTickets(close: days, archive: nil) }
                await #expect(throws: UseCaseError.self) { try await desk.keepTickets(close: nil, archive: days) }
                await #expect(throws: UseCaseError.self) { try await desk.keepTickets(close: 3_650, archive: nil, warn: days) }
            }
            for close in [nil, 1, 3] { await #expect(throws: UseCaseError.self) { try await desk.keepTickets(close: close, archive: nil, warn: 3) } }
            let settings = LifecycleSettings(closeResolvedAfterDays: 1, archiveClosedAfterDays: 3_650)
            for _ in 0..<2 { try await administration.set(settings, in: desk.tenant.id) }
            #expect(try await administration.settings(in: desk.tenant.id) == settings)
            #expect(try await desk.number("SELECT version FROM docket.tenant_configuration") == 2)
            await #expect(throws: UseCaseError.self) { try await administration.set(settings, in: IdentifierSource().next()) }
        }
    }
}

extension SchedulerDesk {
    func resolve(_ id: TicketID, in tenant: TenantID? = nil) async throws {
        _ = try await commands.transition(TicketRequest(id, in: tenant ?? self.tenant.id, by: .system), to: .resolved)
    }

    func keepTickets(close: Int?, archive: Int?, warn: Int? = nil, in tenant: TenantID? = nil) async throws {
        let settings = LifecycleSettings(closeResolvedAfterDays: close, archiveClosedAfterDays: archive, warnBeforeClosingDays: warn)
        try await LifecycleAdministration(environment: api).set(settings, in: tenant ?? self.tenant.id)
    }

    /// One look of a scheduler.
    func age(
        in environment: UseCaseEnvironment? = nil,
        batchSize: Int = 100,
        ticketsPerTenant: Int = 1_000,
        failures: @escaping @Sendable (FailureSink.Failure) -> Void = { _ in }
    ) async throws -> TicketAgingReport {
        try await TicketAging(
            environment: environment ?? scheduler,
            failures: FailureSink(failures),
            batchSize: batchSize,
            ticketsPerTenant: ticketsPerTenant
        ).run()
    }
}
