import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Timers follow ledgers, and ledgers follow histories (operations.md 3): also of tickets beyond the newest that the check of histories reads, and nothing is
/// deleted that a history would have given again.
@Suite struct DoctorLostLedgerTests {
    private static let timers = "SELECT coalesce(string_agg(t::text, ';' ORDER BY ticket_id, metric, instance), '') FROM docket.sla_timer t"
    private static let ledgers = "SELECT coalesce(string_agg(document::jsonb::text, ';' ORDER BY ticket_id), '') FROM docket.sla_ledger"
    private static let firings = "SELECT string_agg(f::text, ';' ORDER BY ticket_id, metric, instance, threshold) FROM docket.sla_firing f"

    /// Reads the history of the newest ticket only, which is not the one that waits.
    private static func repair(_ desk: DoctorDesk) async throws -> DoctorRepair {
        var options = DoctorOptions()
        options.histories = 1
        let repairs = try await desk.withDoctor(options) { try await $0.repair() }
        return try #require(repairs.first { $0.check == .timers })
    }

    private static func fire(_ desk: DoctorDesk) async throws {
        try await desk.database.advanceClock(by: 4_000)
        try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
            _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
        }
    }

    @Test(
        "A lost, emptied or unreadable ledger of an older ticket is made again from its history; its timers stay",
        arguments: [
            "DELETE FROM docket.sla_ledger WHERE ticket_id = $",
            "UPDATE docket.sla_ledger SET document = '[]' WHERE ticket_id = $",
            "UPDATE docket.sla_ledger SET document = jsonb_set(document::jsonb, '{timers}', '[]') WHERE ticket_id = $",
        ]
    )
    func lost(harm: String) async throws {
        try await DoctorDesk.with { desk in
            let (timers, ledgers) = (try await desk.value(Self.timers), try await desk.value(Self.ledgers))
            try await desk.database.sql(harm.replacing("$", with: "'\(desk.waiting)'"))
            #expect(try await desk.finding(.timers).status == .problem)
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == 1 && repair.isComplete, "\(repair.message)")
            #expect(try await desk.value(Self.timers) == timers)
            #expect(try await desk.value(Self.ledgers) == ledgers)
            for check in [DoctorCheck.timers, .histories] { #expect(try await desk.finding(check).status == .ok) }
            #expect(try await Self.repair(desk).repaired == 0)
        }
    }

    @Test("So it is with what schedulers have fired since, and with the timers gone, too")
    func lostAfterFiring() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await Self.fire(desk)
            let (timers, ledgers) = (try await desk.value(Self.timers), try await desk.value(Self.ledgers))
            try await desk.database.sql(
                """
                DELETE FROM docket.sla_ledger WHERE ticket_id = '\(desk.waiting)';
                DELETE FROM docket.sla_timer WHERE ticket_id = '\(desk.waiting)' AND metric = 'resolution'
                """
            )
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == 1 && repair.isComplete, "\(repair.message)")
            #expect(try await desk.value(Self.timers) == timers)
            #expect(try await desk.value(Self.ledgers) == ledgers)
            #expect(try await desk.finding(.timers).status == .ok)
        }
    }

    @Test(
        "Where the history is lost, too, or does not say what was passed, no timer is deleted, and the report says so",
        arguments: ["", " AND seq = 1", " AND kind = 'sla.breached'"]
    )
    func historyLost(which: String) async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await Self.fire(desk)
            let timers = try await desk.value(Self.timers)
            try await desk.database.sql(
                """
                DELETE FROM docket.sla_ledger WHERE ticket_id = '\(desk.waiting)';
                DELETE FROM docket.ticket_event WHERE ticket_id = '\(desk.waiting)'\(which)
                """
            )
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == 0 && !repair.isComplete)
            #expect(repair.message.contains("No timer deleted of 1 tickets"), "\(repair.message)")
            #expect(try await desk.value(Self.timers) == timers)
            #expect(try await desk.finding(.timers).number("surplus") == 1)
        }
    }

    @Test("Where an event of the history cannot be read, no timer is deleted, and the report says why")
    func unreadableEvent() async throws {
        try await DoctorDesk.with { desk in
            let timers = try await desk.value(Self.timers)
            try await desk.database.sql(
                """
                DELETE FROM docket.sla_ledger WHERE ticket_id = '\(desk.waiting)';
                UPDATE docket.ticket_event SET data = '{}' WHERE ticket_id = '\(desk.waiting)' AND seq = 1
                """
            )
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == 0 && !repair.isComplete)
            #expect(repair.message.contains("No timer deleted of 1 tickets"), "\(repair.message)")
            #expect(
                repair.message.contains("1 have a row or an event that cannot be read; one because of a document that is not a Created"),
                "\(repair.message)"
            )
            #expect(try await desk.value(Self.timers) == timers)
        }
    }

    @Test("An error of the database at one ticket is the repair's, and no history that cannot be read")
    func failingDatabase() async throws {
        try await DoctorDesk.with { desk in
            let timers = try await desk.value(Self.timers)
            try await desk.database.sql(
                """
                DELETE FROM docket.sla_ledger WHERE ticket_id = '\(desk.waiting)';
                CREATE FUNCTION docket.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'XX000'; END $$;
                CREATE TRIGGER refuse BEFORE INSERT ON docket.sla_ledger FOR EACH ROW EXECUTE FUNCTION docket.refuse()
                """
            )
            let repair = try await Self.repair(desk)
            #expect(!repair.isComplete && repair.message.contains("Left as they are, 1 tenants"), "\(repair.message)")
            #expect(repair.message.contains("XX000"), "\(repair.message)")
            #expect(!repair.message.contains("No timer deleted"), "\(repair.message)")
            #expect(try await desk.value(Self.timers) == timers)
        }
    }

    @Test("A timer of a ticket to which nothing was ever promised is deleted")
    func neverPromised() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let agent = try await tenant.addAgent()
            try await database.withEnvironment { api in
                let free = try await TicketCommands(environment: api).create(
                    NewTicket(content: TicketContent(subject: "Free")),
                    in: tenant.id,
                    by: .system
                )
                guard case .done(let change) = free else { throw UseCaseError.busy }
                let ticket = change.after.id
                let desk = DoctorDesk(database: database, tenant: tenant, agent: agent, api: api, waiting: ticket, assigned: ticket)
                try await database.sql(
                    """
                    INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, next_fire_at)
                    VALUES ('\(tenant.id)', '\(ticket)', 'stage', 5, 'running', docket.now())
                    """
                )
                #expect(try await desk.finding(.timers).number("surplus") == 1)
                #expect(try await Self.repair(desk).repaired == 1)
                #expect(try await desk.value(Self.timers).isEmpty)
                #expect(try await desk.finding(.timers).status == .ok)
            }
        }
    }

    @Test("What the events tell to have been passed is recorded again in the table of firings, as it was", arguments: ["kind = 'breach'", "true"])
    func firings(which: String) async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await Self.fire(desk)
            let before = try await desk.value(Self.firings)
            let lost = try await desk.database.sql("DELETE FROM docket.sla_firing WHERE \(which) RETURNING 1").count
            #expect(lost >= 2)
            #expect(try await desk.finding(.timers).number("undecided") == 2)
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == lost && repair.isComplete, "\(repair.message)")
            #expect(try await desk.value(Self.firings) == before)
            #expect(try await desk.finding(.timers).status == .ok)
            #expect(try await Self.repair(desk).repaired == 0)
        }
    }

    @Test("What the table says beside the events stays as it is, and the report says so")
    func strangeFirings() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await Self.fire(desk)
            try await desk.database.sql("UPDATE docket.sla_firing SET instance = 7 WHERE kind = 'breach'")
            let repair = try await Self.repair(desk)
            #expect(repair.repaired == 2 && !repair.isComplete)
            #expect(repair.message.contains("The table of firings left as it is for 2 tickets"), "\(repair.message)")
            #expect(try await desk.value("SELECT count(*) FROM docket.sla_firing WHERE instance = 7") == "2")
            #expect(try await desk.finding(.timers).number("undecided") == 2)
        }
    }
}
