import Domain
import HTTPAPI
import TestSupport
import Testing
import UseCases

@testable import Operations

/// `docket sla report` and `docket sla statement`, against a database.
@Suite("docket sla report and statement")
struct SLACommandTests {
    @Test("0 with a table, JSON or CSV, 1 where there is no tenant, 2 for bad usage; a statement computes what it lacks")
    func commands() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            try await tenant.addPolicy(
                #"{"name":"Gold","targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}],"#
                    + #""penalties":[{"metric":"resolution","over_seconds":0,"amount":1250,"currency":"EUR"}]}"#
            )
            try await database.withEnvironment { environment in
                _ = try await TicketCommands(environment: environment).create(
                    NewTicket(content: TicketContent(subject: "x")),
                    in: tenant.id,
                    by: .system
                )
            }
            let due = try await database.sql("SELECT to_char((docket.now() + interval '1 minute') AT TIME ZONE 'UTC', 'YYYY-MM')")
            let month = try #require(due.first?.first)
            try await database.advanceClock(by: 120)
            try await database.withEnvironment(role: "docket_scheduler", connections: 2) { environment in
                _ = try await DueTimers(environment: environment).fire(in: tenant.id, limit: 10)
            }
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 { await CommandLineEntry.run(["sla"] + arguments + ["--database-url", url]) }
            let report = ["report", "--tenant", "acme", "--from", "\(month)-01"]
            func reported(_ more: String...) async -> Int32 { await CommandLineEntry.run(["sla"] + report + more + ["--database-url", url]) }
            #expect(await reported("--to", "2199-01-01T00:00:00Z") == 2)
            let year = Int(month.prefix(4)).map { "\($0 + 1)-01-02" } ?? ""
            #expect(await reported("--to", year) == 0)
            #expect(await reported("--to", year, "--by", "priority,period", "--period", "week", "--tz", "Asia/Shanghai", "--csv") == 0)
            #expect(await reported("--to", year, "--metric", "resolution", "--json") == 0)
            #expect(await reported("--to", year, "--by", "colour") == 2)
            #expect(await reported("--to", year, "--period", "day") == 2)
            #expect(await reported("--to", "\(month)-01") == 2)
            #expect(await reported("--to", year, "--json", "--csv") == 2)

            #expect(await run("statement", "--tenant", "acme", "--month", month) == 0)
            #expect(try await database.sql("SELECT count(*) FROM docket.sla_penalty") == [["0"]])
            #expect(await run("statement", "--tenant", "acme", "--month", month, "--compute", "--csv") == 0)
            #expect(try await database.sql("SELECT amount, currency FROM docket.sla_penalty") == [["1250", "EUR"]])
            #expect(await run("statement", "--tenant", "acme", "--month", month, "--json") == 0)
            #expect(await run("statement", "--tenant", "acme", "--month", month, "--contract", "C-9") == 1)
            #expect(await reported("--to", year, "--by", "organization") == 0)
            func calendar(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["tenant", "calendar", "acme"] + arguments + ["--database-url", url])
            }
            let id = try #require(try await database.sql("SELECT id FROM docket.calendar").first?.first)
            #expect(await calendar("--set", id) == 0)
            #expect(try await database.sql("SELECT calendar_id FROM docket.tenant_configuration") == [[id]])
            #expect(await calendar() == 0)
            #expect(await calendar("--set", tenant.id.description) == 1)
            #expect(await calendar("--set", "x") == 2)
            #expect(await calendar("--set", "none") == 0)
            #expect(try await database.sql("SELECT count(*) FROM docket.tenant_configuration WHERE calendar_id IS NULL") == [["1"]])
            #expect(await run("statement", "--tenant", "nobody", "--month", month) == 1)
            #expect(await run("statement", "--tenant", "acme", "--month", "2026-13") == 2)
            #expect(await run("statement", "--tenant", "acme", "--month", month, "--tz", "Mars/Olympus") == 2)
        }
    }

    @Test("The tables name what is counted; shares are rounded down")
    func texts() throws {
        let zone = TimeZoneRules.utc
        let month = try #require(CivilMonth("2026-10"))
        let span = month.span(in: zone)
        let periods = try #require(ReportPeriods(span, by: nil, in: zone))
        let row = SLAReport.Row(key: SLAReport.Key(metric: .resolution, priority: .p2), counts: SLAReport.Counts(met: 2, breached: 1, running: 4))
        let report = SLAReport(span: span, dimensions: [.priority], periods: periods, asOf: span.upperBound, rows: [row])
        let lines = SLAReportText.render(report).split(separator: "\n")
        #expect(lines.count == 2 && lines[0].hasSuffix("kept") && lines[1].hasPrefix("resolution") && lines[1].hasSuffix("66.66 %"))
        #expect(lines[1].contains("P2") && report.json.contains(#""attainment_basis_points":6666"#))
        let statement = try #require(PenaltyStatement(month: month, zone: "UTC", span: span, lines: [], unassessed: 3))
        #expect(PenaltyStatementText.render(statement).contains("3 breaches are not in the ledger"))
        #expect(statement.json.contains(#""month":"2026-10""#))
    }
}
