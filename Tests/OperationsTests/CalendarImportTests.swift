import Deployment
import Domain
import TestSupport
import Testing

@testable import Operations

/// `docket calendar import`, against a database.
@Suite("docket calendar import")
struct CalendarImportTests {
    @Test("0 for a list that is taken, 1 where there is no calendar or no file, 2 for a list that is wrong")
    func command() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            try await tenant.addPolicy(
                #"{"name":"S","targets":[{"metric":"resolution","seconds":60}]}"#,
                calendar: #"{"tz":"Asia/Shanghai","weekly":{"mon":[["09:00","17:00"]]}}"#
            )
            try await database.sql("UPDATE docket.calendar SET name = 'Office'")
            let directory = try TemporaryDirectory()
            let list = try directory.write("2026.json", #"{"year":2026,"days":[{"name":"春节","date":"2026-02-14","isOffDay":false}]}"#)
            let feed = try directory.write("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260501\nEND:VEVENT\nEND:VCALENDAR\n")
            let broken = try directory.write("b.ics", "BEGIN:VCALENDAR\n")
            let named = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260501\nSUMMARY:a\u{0}b\nEND:VEVENT\nEND:VCALENDAR\n"
            let nul = [
                try directory.write("c.ics", named),
                try directory.write("c.json", #"[{"name":"a\u0000b","date":"2026-02-14","type":"holiday"}]"#),
            ]
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["calendar", "import", "--tenant", "acme"] + arguments + ["--database-url", url])
            }
            #expect(await run("--calendar", "Office", "--dry-run", list) == 0)
            #expect(try await database.sql("SELECT version FROM docket.calendar") == [["1"]])
            #expect(await run("--calendar", "Office", "--source", "cn", list) == 0)
            #expect(await run("--calendar", "Office", "--source", "cn", list) == 0)
            #expect(await run("--calendar", "Office", feed) == 0)
            #expect(try await database.sql("SELECT version, tz_database FROM docket.calendar") == [["3", ZoneFiles().databaseVersion ?? ""]])
            #expect(await run("--calendar", "Nowhere", list) == 1)
            #expect(await run("--calendar", "Office", broken) == 2)
            for file in nul { #expect(await run("--calendar", "Office", file) == 2) }
            #expect(await run("--calendar", "Office", "--hours", "noon", list) == 2)
            #expect(await run("--calendar", "Office", directory.path + "/none.json") == 1)
        }
    }
}
