import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Histories have no bound: what is read from them is read in pages, to the end.
@Suite struct DoctorLongHistoryTests {
    /// So many events that concern no clock, behind the commands' back.
    private func fill(_ desk: DoctorDesk, _ id: TicketID, with count: Int) async throws {
        _ = try await desk.commands.addMessage(
            TicketRequest(id, in: desk.tenant.id, by: .system),
            visibility: .internal,
            author: .system,
            body: "Beep"
        )
        try await desk.database.sql(
            """
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                SELECT e.tenant_id, e.ticket_id, e.seq + n, e.at, e.xid, e.version, e.kind, e.actor_kind, e.actor_id, e.data
                FROM docket.ticket_event e JOIN docket.ticket t ON t.id = e.ticket_id AND t.last_seq = e.seq, generate_series(1, \(count)) n
                WHERE e.ticket_id = '\(id)';
            UPDATE docket.ticket SET last_seq = last_seq + \(count) WHERE id = '\(id)';
            """
        )
    }

    @Test("Beyond 100,000 events the doctor reads on, and makes row, ledger and firings again; so do handling times and clocks that are over")
    func beyondAHundredThousand() async throws {
        try await DoctorDesk.with(hasTestClock: true) { desk in
            try await fill(desk, desk.waiting, with: 100_001)
            // All that happens to it happens behind them.
            _ = try await desk.commands.assign(TicketRequest(desk.waiting, in: desk.tenant.id, by: .system), to: desk.agent)
            try await desk.database.advanceClock(by: 4_000)
            desk.api.clock.invalidate()
            try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
                _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
            }
            #expect(try await desk.finding(.histories).status == .ok)
            let handling = try await TimerQueries(environment: desk.api).handling(of: desk.waiting, in: desk.tenant.id)
            #expect(handling.time.steps.flatMap(\.owners).map(\.agent).contains(desk.agent))
            let row = "SELECT (t.*)::text FROM docket.ticket t WHERE id = '\(desk.waiting)'"
            let ledger = "SELECT document::jsonb::text FROM docket.sla_ledger WHERE ticket_id = '\(desk.waiting)'"
            let firings = """
                SELECT string_agg(f::text, ';' ORDER BY metric, instance, threshold) FROM docket.sla_firing f WHERE ticket_id = '\(desk.waiting)'
                """
            let before = [try await desk.value(row), try await desk.value(ledger), try await desk.value(firings)]
            try await desk.database.sql(
                """
                UPDATE docket.ticket SET priority = 1 WHERE id = '\(desk.waiting)';
                UPDATE docket.sla_ledger SET document = '[]' WHERE ticket_id = '\(desk.waiting)';
                DELETE FROM docket.sla_firing WHERE ticket_id = '\(desk.waiting)';
                """
            )
            #expect(try await desk.finding(.histories).status == .problem)
            let repairs = try await desk.withDoctor { try await $0.repair() }
            for check in [DoctorCheck.histories, .timers] {
                let repair = try #require(repairs.first { $0.check == check })
                #expect(repair.isComplete, "\(repair.message)")
            }
            #expect([try await desk.value(row), try await desk.value(ledger), try await desk.value(firings)] == before)
            for check in [DoctorCheck.histories, .timers] { #expect(try await desk.finding(check).status == .ok) }
        }
    }
}
