import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// The ledger of penalties follows from the histories (features.md A5.8).
@Suite struct PenaltyLedgerTests {
    @Test("Three bands by how late it was", arguments: [(0.5, 100), (2, 500), (5, 2_000)] as [(Double, Int64)])
    func bands(_ row: (hours: Double, amount: Int64)) async throws {
        try await PenaltyDesk.with { desk in
            let line = try await desk.late(byHours: row.hours)
            #expect(line.penalty.price?.amount == row.amount && line.penalty.price?.currency == "EUR")
            #expect(line.penalty.breach.endedAt != nil && !line.isWaived && line.policyName != "")
            let overrun = Double(line.penalty.breach.overrun) / 3_600_000_000
            #expect(overrun >= row.hours && overrun < row.hours + 0.1)
        }
    }

    @Test("Computing again changes nothing, not even when the policy's penalties change")
    func idempotent() async throws {
        try await PenaltyDesk.with { desk in
            _ = try await desk.late(byHours: 2)
            let before = try await desk.rows()
            #expect(before.count == 1)
            let span = try await desk.span()
            let again = try await desk.ledger.compute(span, in: desk.id)
            #expect(again.tickets == 0 && again.written == 0 && again.isComplete)
            // The entry forgotten how far it was computed: the same comes out.
            try await desk.database.sql("UPDATE docket.sla_penalty SET through_seq = 1")
            #expect(try await desk.ledger.compute(span, in: desk.id).tickets == 1)
            #expect(try await desk.rows() == before)

            try await desk.database.sql(
                """
                INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
                    SELECT tenant_id, id, 2, '\(PenaltyDesk.policy(amounts: [1, 2, 3]))', docket.now() FROM docket.sla_policy;
                UPDATE docket.sla_policy SET version = 2, definition = '\(PenaltyDesk.policy(amounts: [1, 2, 3]))';
                UPDATE docket.tenant_configuration SET version = version + 1;
                UPDATE docket.sla_penalty SET through_seq = 1;
                """
            )
            _ = try await desk.ledger.compute(span, in: desk.id)
            #expect(try await desk.rows() == before)
            let next = try await desk.late(byHours: 2)
            #expect(next.penalty.price?.amount == 2 && next.penalty.breach.policy.version == 2)
        }
    }

    @Test("A history that is too long to be read at once costs what it costs read as a whole", arguments: [1, 2, 3, 5])
    func longHistory(most: Int) async throws {
        try await PenaltyDesk.with { desk in
            let (ticket, other) = (try await desk.create(), try await desk.create())
            try await desk.advance(hours: 3)
            try await desk.fire()
            for id in [ticket, other] { try await desk.move(id, to: .resolved) }
            let span = try await desk.span()
            let cut = PenaltyLedger(environment: desk.api, maximumHistory: most)
            let run = try await cut.compute(span, in: desk.id)
            #expect(run.failed == 0 && run.written == 2 && run.isComplete)
            let rows = try await desk.rows()
            let sequence = try await desk.database.sql("SELECT through_seq FROM docket.sla_penalty WHERE ticket_id = '\(ticket)'")
            #expect(try await desk.database.sql("SELECT last_seq FROM docket.ticket WHERE id = '\(ticket)'") == sequence)
            try await desk.database.sql("DELETE FROM docket.sla_penalty")
            _ = try await desk.ledger.compute(span, in: desk.id)
            // But for the entries' ids.
            #expect(Set(try await desk.rows().map { Array($0.dropFirst()) }) == Set(rows.map { Array($0.dropFirst()) }))
        }
    }

    @Test("What is settled stays so when its ticket is archived: it is assessed, and nothing is computed again")
    func archived() async throws {
        try await PenaltyDesk.with { desk in
            let settings = LifecycleSettings(closeResolvedAfterDays: nil, archiveClosedAfterDays: 1)
            try await LifecycleAdministration(environment: desk.api).set(settings, in: desk.id)
            let line = try await desk.late(byHours: 2)
            try await desk.move(line.penalty.ticketID, to: .closed)
            let span = try await desk.span()
            _ = try await desk.ledger.compute(span, in: desk.id)
            try await desk.advance(hours: 25)
            let aging = TicketAging(environment: desk.scheduler, failures: FailureSink { _ in })
            #expect(try await aging.run().archived == 1)
            let short = "SELECT p.through_seq < t.last_seq FROM docket.sla_penalty p JOIN docket.ticket t ON t.id = p.ticket_id"
            #expect(try await desk.database.sql(short) == [["t"]])
            let month = try #require(CivilMonth(String(line.penalty.breach.breachedAt.description.prefix(7))))
            let statement = try await desk.penalties.statement(of: month, zone: "UTC", in: desk.id)
            #expect(statement.unassessed == 0 && statement.lines.count == 1)
            for scope in [StaleBreaches.Scope.missing, .changed, .all] {
                let run = try await desk.ledger.compute(span, in: desk.id, scope: scope)
                #expect(run.tickets == 0 && run.written == 0)
            }
        }
    }

    @Test("A breach that lasts grows, a solved ticket that is reopened goes on")
    func growth() async throws {
        try await PenaltyDesk.with { desk in
            let ticket = try await desk.create()
            try await desk.advance(hours: 2.5)
            try await desk.fire()
            let span = try await desk.span()
            _ = try await desk.ledger.compute(span, in: desk.id)
            let open = try #require(try await desk.lines().first)
            #expect(open.penalty.breach.endedAt == nil && open.penalty.price?.amount == 100)
            try await desk.advance(hours: 1)
            _ = try await desk.ledger.compute(span, in: desk.id)
            #expect(try await desk.lines().first?.penalty.price?.amount == 500)
            try await desk.move(ticket, to: .resolved)
            _ = try await desk.ledger.compute(span, in: desk.id)
            let solved = try #require(try await desk.lines().first)
            #expect(solved.penalty.id == open.penalty.id && solved.penalty.breach.endedAt != nil)
            try await desk.advance(hours: 1)
            try await desk.move(ticket, to: .inProgress)
            try await desk.advance(hours: 4)
            try await desk.move(ticket, to: .resolved)
            _ = try await desk.ledger.compute(span, in: desk.id)
            let reopened = try #require(try await desk.lines().first)
            #expect(reopened.penalty.id == open.penalty.id && reopened.penalty.price?.amount == 2_000)
            // The hour in which it was solved does not count.
            #expect(reopened.penalty.breach.overrun / 3_600_000_000 == 5)
        }
    }

    @Test("Breaches that go on are computed in each run: only one that takes them all goes through")
    func wholeRun() async throws {
        try await PenaltyDesk.with { desk in
            for _ in 0..<3 { _ = try await desk.create() }
            try await desk.advance(hours: 3)
            try await desk.fire()
            let span = try await desk.span()
            for _ in 0..<3 { #expect(try await !desk.ledger.compute(span, in: desk.id, maximum: 1).isComplete) }
            let whole = try await desk.ledger.compute(span, in: desk.id, maximum: .max)
            #expect(whole.isComplete && whole.tickets == 3)
            #expect(try await desk.rows().count == 3)
        }
    }

    @Test("A scheduler computes for every tenant with penalties, and for nobody else")
    func keeping() async throws {
        try await PenaltyDesk.with { desk in
            let other = try await TestTenant.make(in: desk.database)
            try await other.addPolicy(#"{"name":"Plain","targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#)
            _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "x")), in: other.id, by: .system)
            _ = try await desk.create()
            try await desk.advance(hours: 3)
            try await desk.fire()
            _ = try await DueTimers(environment: desk.scheduler).fire(in: other.id, limit: 10)
            let keeping = PenaltyKeeping(environment: desk.scheduler)
            #expect(try await keeping.run() == 1)
            #expect(try await desk.database.sql("SELECT tenant_id FROM docket.sla_penalty") == [[desk.id.description]])
            // Fresh enough: an hourly run does not write it again at once.
            #expect(try await keeping.run() == 0)
            try await desk.advance(hours: 1)
            #expect(try await keeping.run() == 1)
        }
    }

    @Test("Breaches that go on do not keep new ones waiting, however few fit into a run")
    func newBreachesComeFirst() async throws {
        try await PenaltyDesk.with { desk in
            for _ in 0..<3 {
                _ = try await desk.create()
                try await desk.advance(hours: 1)
            }
            try await desk.advance(hours: 3)
            try await desk.fire()
            let keeping = PenaltyKeeping(environment: desk.scheduler, ticketsPerTenant: 1)
            // A run takes one without an entry and one of those that are due, which lack an entry or went on for an hour.
            for count in [2, 3] {
                _ = try await keeping.run()
                #expect(try await desk.database.sql("SELECT count(*) FROM docket.sla_penalty") == [["\(count)"]])
                try await desk.advance(hours: 1)
            }
        }
    }

    @Test("Of breaches that go on each has its turn, and a ticket that went on goes before them, however few fit into a run")
    func openBreachesTakeTurns() async throws {
        try await PenaltyDesk.with { desk in
            var tickets: [TicketID] = []
            for _ in 0..<3 {
                tickets.append(try await desk.create())
                try await desk.advance(hours: 1)
            }
            try await desk.advance(hours: 2)
            try await desk.fire()
            _ = try await desk.ledger.compute(try await desk.span(), in: desk.id)
            let keeping = PenaltyKeeping(environment: desk.scheduler, ticketsPerTenant: 1)
            for _ in tickets {
                try await desk.advance(hours: 1)
                #expect(try await keeping.run() == 1)
            }
            // In each of the last three hours one was looked at.
            let hours = "SELECT DISTINCT ceil(extract(epoch FROM docket.now() - computed_at) / 3600) FROM docket.sla_penalty ORDER BY 1"
            #expect(try await desk.database.sql(hours).count == 3)
            try await desk.move(tickets[2], to: .resolved)
            try await desk.advance(hours: 1)
            #expect(try await keeping.run() == 2)
            let ended = "SELECT ticket_id FROM docket.sla_penalty WHERE ended_at IS NOT NULL"
            #expect(try await desk.database.sql(ended) == [[tickets[2].description]])
        }
    }

    @Test("A breach of long ago is followed while its clock may still run, a page at a time, and not beyond")
    func oldBreaches() async throws {
        try await PenaltyDesk.with { desk in
            let (long, reopened, over) = (try await desk.create(), try await desk.create(), try await desk.create())
            try await desk.advance(hours: 2.5)
            try await desk.fire()
            for ticket in [reopened, over] { try await desk.move(ticket, to: .resolved) }
            try await desk.move(over, to: .closed)
            let keeping = PenaltyKeeping(environment: desk.scheduler, ticketsPerTenant: 1)
            for _ in 0..<6 { _ = try await keeping.run() }
            func amount(_ ticket: TicketID) async throws -> String {
                try await desk.database.sql("SELECT amount FROM docket.sla_penalty WHERE ticket_id = '\(ticket)'").first?.first ?? ""
            }
            func amounts() async throws -> [String] { [try await amount(long), try await amount(reopened), try await amount(over)] }
            #expect(try await amounts() == ["100", "100", "100"])
            let settled = "SELECT ticket_id FROM docket.sla_penalty WHERE settled"
            #expect(try await desk.database.sql(settled) == [[over.description]])
            try await desk.advance(hours: 71 * 24)
            // Nothing is written of those that cannot have changed, however often somebody looks.
            let stamp = "SELECT computed_at FROM docket.sla_penalty WHERE ticket_id IN ('\(reopened)', '\(over)') ORDER BY 1"
            let before = try await desk.database.sql(stamp)
            #expect(try await keeping.run() == 1)
            #expect(try await keeping.run() == 0)
            #expect(try await amounts() == ["2000", "100", "100"])
            #expect(try await desk.database.sql(stamp) == before)
            try await desk.move(reopened, to: .inProgress)
            try await desk.advance(hours: 5)
            // One ticket a run: whoever was not looked at for longest comes first, so both have their turn.
            #expect(try await keeping.run() == 1)
            #expect(try await amount(reopened) == "2000")
            #expect(try await keeping.run() == 1)
            for ticket in [reopened, long] {
                try await desk.move(ticket, to: .resolved)
                try await desk.move(ticket, to: .closed)
            }
            try await desk.advance(hours: 1)
            for _ in 0..<3 { _ = try await keeping.run() }
            #expect(try await desk.database.sql(settled).count == 3)
            try await desk.advance(hours: 1)
            #expect(try await keeping.run() == 0)
        }
    }

    @Test("A run goes through the old breaches that may change once, however many pages they are and whatever becomes of them")
    func pages() async throws {
        try await PenaltyDesk.with { desk in
            let count = PenaltyLedger.page + 10
            for _ in 0..<count { _ = try await desk.create() }
            try await desk.advance(hours: 3)
            try await desk.fire()
            #expect(try await PenaltyKeeping(environment: desk.scheduler).run() == count)
            try await desk.advance(hours: 71 * 24)
            let earlier = Timestamp(microseconds: 0)..<(try await desk.api.clock.read())
            // Nobody can note that they were looked at.
            try await desk.database.sql(
                """
                CREATE FUNCTION public.unmoved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.computed_at := OLD.computed_at; RETURN NEW; END $$;
                CREATE TRIGGER unmoved BEFORE UPDATE ON docket.sla_penalty FOR EACH ROW EXECUTE FUNCTION public.unmoved();
                """
            )
            let run = try await desk.ledger.followUnsettled(earlier, in: desk.id, maximum: 5 * count)
            #expect(run.isComplete && run.tickets == count)
            try await desk.database.sql("DROP TRIGGER unmoved ON docket.sla_penalty")
            let part = try await desk.ledger.followUnsettled(earlier, in: desk.id, maximum: PenaltyLedger.page + 1)
            #expect(!part.isComplete && part.tickets == PenaltyLedger.page + 1)
            // The others' turn.
            #expect(try await desk.ledger.followUnsettled(earlier, in: desk.id).tickets == 9)
            #expect(try await desk.ledger.followUnsettled(earlier, in: desk.id).tickets == 0)
        }
    }
}
