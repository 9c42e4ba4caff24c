import Courier
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What couriers delete, and when (docs/decisions/0023).
@Suite struct CourierUpkeepTests {
    private func addAttempts(_ count: Int, of tenant: TenantID, daysAgo: Int = 0, in database: TestDatabase) async throws {
        try await database.sql(
            """
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, detail, duration_us)
            SELECT '\(tenant)', docket.now() - interval '\(daysAgo) days' - make_interval(secs => n), gen_random_uuid(), 1, 'webhook', 'delivered', '', 1
            FROM generate_series(1, \(count)) n
            """
        )
    }

    private func withUpkeep(
        _ days: Int = Housekeeping.retentionDays,
        in database: TestDatabase,
        _ body: @Sendable (DeliveryUpkeep, Database) async throws -> Void
    ) async throws {
        try await database.withClient(role: "docket_courier") { client in
            let store = Database(client: client)
            try await body(DeliveryUpkeep(database: store, retentionDays: days), store)
        }
    }

    @Test("Attempts go in batches once they are older than the days that are set; younger ones stay")
    func attempts() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            let other = try await TestTenant.make(in: database).id
            try await addAttempts(2_500, of: desk.tenant, in: database)
            try await addAttempts(10, of: other, in: database)
            try await withUpkeep(in: database) { upkeep, _ in
                #expect(try await upkeep.run().attempts == 0)
                try await database.advanceClock(by: 89 * 86_400)
                try await addAttempts(5, of: other, in: database)
                #expect(try await upkeep.run().attempts == 0)
                try await database.advanceClock(by: 2 * 86_400)
                var batches: [Int] = []
                let total = try await upkeep.run { batches.append($0.attempts) }
                #expect(total.attempts == 2_510)
                // The small tenant waits for one batch of the large one at most.
                #expect(batches.sorted() == [10, 500, 1_000, 1_000] && batches.firstIndex(of: 10).map { $0 <= 1 } == true, "\(batches)")
                #expect(try await desk.count("delivery_attempt") == 5)
                #expect(try await upkeep.run().attempts == 0)
            }
            try await withUpkeep(1, in: database) { upkeep, _ in
                let total = try await upkeep.run()
                #expect(total.attempts == 5)
            }
        }
    }

    @Test("Couriers at the same time delete each row once, and nothing is left")
    func several() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await addAttempts(5_000, of: desk.tenant, daysAgo: 100, in: database)
            try await withUpkeep(in: database) { upkeep, _ in
                let total = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<3 { group.addTask { try await upkeep.run().attempts } }
                    return try await group.reduce(0, +)
                }
                #expect(total == 5_000)
                #expect(try await desk.count("delivery_attempt") == 0)
            }
        }
    }

    @Test("A month that is over and empty is dropped, by whoever can have the table to himself; younger ones stay")
    func months() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await database.sql("SELECT docket.ensure_partitions('delivery_attempt', (docket.now() - interval '14 months')::date, 1)")
            try await addAttempts(10, of: desk.tenant, daysAgo: 400, in: database)
            let tables = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'docket.delivery_attempt'::regclass"
            let before = Int(try await desk.value(tables) ?? "") ?? 0
            try await withUpkeep(1_000, in: database) { upkeep, _ in
                let total = try await upkeep.run()
                #expect(total.attempts == 0 && total.mails == 0 && total.months == 0, "\(total)")
            }
            try await withUpkeep(300, in: database) { upkeep, store in
                var reading = TenantUnit(desk.tenant)
                reading.add(LoadAttempts(tenant: desk.tenant, id: OutboxMessageID(high: 1, low: 1)))
                // Somebody reads attempts in a transaction that does not end: nobody has the table to himself.
                try await store.transaction(reading) { _, _ in
                    let report = try await upkeep.run()
                    #expect(report.attempts == 10 && report.months == 0, "\(report)")
                }
                #expect(try await upkeep.run().months == 2)
                #expect(try await upkeep.run().months == 0)
            }
            #expect(try await desk.value(tables) == "\(before - 2)")
            // The present month takes attempts as ever.
            try await addAttempts(1, of: desk.tenant, in: database)
            #expect(try await desk.count("delivery_attempt") == 1)
        }
    }

    @Test("A courier without a mail server gives up mails that nobody sent in all that time, and deletes old attempts; other mails wait")
    func service() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addMails(3, to: "late@example.com")
            try await addAttempts(3, of: desk.tenant, in: database)
            try await database.advanceClock(by: 91 * 86_400)
            try await desk.addMails(2, to: "new@example.com")
            try await CourierHarness(database: database).run(RecordingWebhookTransport(status: 200)) {
                try await expectSoon { try await desk.count("outbox_dead") == 3 }
                try await expectSoon { try await desk.count("delivery_attempt") == 0 }
            }
            #expect(try await desk.count("outbox") == 2)
            let reason = "no mail server took it for 90 days"
            #expect(try await desk.count("outbox_dead", where: "kind = 'mail' AND reason = '\(reason)' AND payload IS NOT NULL") == 3)
        }
    }

    @Test("What cannot be deleted of one tenant keeps no other's")
    func oneBadTenant() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let other = try await TestTenant.make(in: database).id
            for tenant in [desk.tenant, other] { try await addAttempts(10, of: tenant, daysAgo: 100, in: database) }
            try await database.sql(
                """
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
                CREATE TRIGGER refuse BEFORE DELETE ON docket.delivery_attempt
                    FOR EACH ROW WHEN (OLD.tenant_id = '\(desk.tenant)') EXECUTE FUNCTION public.refuse();
                """
            )
            try await withUpkeep(in: database) { upkeep, _ in
                _ = await #expect(throws: StoreError.self) { try await upkeep.run() }
            }
            #expect(try await desk.sql("SELECT DISTINCT tenant_id FROM docket.delivery_attempt") == [[desk.tenant.description]])
        }
    }
}
