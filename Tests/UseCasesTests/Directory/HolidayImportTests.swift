import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Imports of holidays as versions of calendars.
@Suite struct HolidayImportTests {
    private func days(_ days: HolidayDay..., year: Int? = nil) -> HolidayInput { .document(HolidayDocument(year: year, days: days)) }

    @Test("A dry run writes nothing, an import makes a version, the same again makes none")
    func versions() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let monday = CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: 32_400, end: 61_200)]])
            let calendar = try await commands.createCalendar(CalendarContent(name: "Office", definition: monday), in: id).done()
            let list = days(HolidayDay(date: "2027-05-01", name: "Labour Day", type: "holiday"), HolidayDay(date: "2027-05-08", type: "workday"))
            func run(_ input: HolidayInput, isDryRun: Bool = false) async throws -> HolidayImport {
                try await commands.importHolidays(input, into: calendar.id, from: "x", hours: .standard, isDryRun: isDryRun, in: id)
            }
            let dry = try await run(list, isDryRun: true)
            #expect(dry.merge.isChange && dry.record.version == 1)
            let done = try await run(list)
            #expect(done.record.version == 2 && done.record.content.definition == dry.merge.definition)
            #expect(done.record.content.definition.openings.values.first == monday.weekly[.monday])
            let again = try await run(list)
            #expect(!again.merge.isChange && again.record.version == 2)
            let corrected = try await run(days(HolidayDay(date: "2027-05-01", name: "Labour Day", type: "holiday"), year: 2027))
            #expect(corrected.record.version == 3 && corrected.merge.removed.openings.count == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 3)
            // What was measured stays measured: the new versions hold from their import on.
            let versions = try await desk.queries.versions(of: calendar.id, as: CalendarContent.self, in: id, limit: 10)
            #expect(versions[0].since <= versions[1].since && versions[1].since <= versions[2].since)
        }
    }

    @Test("An import takes effect now, and what is scheduled gets the holidays, too, each with its own hours (decision 0026)")
    func scheduled() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            @Sendable func monday(_ start: Int) -> CalendarDefinition {
                CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: start * 3_600, end: 61_200)]])
            }
            let calendar = try await commands.createCalendar(CalendarContent(name: "Office", definition: monday(9)), in: id).done().id
            let begin = try await desk.environment.clock.read().adding(microseconds: 40 * 86_400_000_000)
            _ = try await commands.updateCalendar(calendar, in: id) {
                CalendarContent(name: $0.name, definition: monday(7), effectiveFrom: begin)
            }
            let list = days(HolidayDay(date: "2090-05-01", type: "holiday"), HolidayDay(date: "2090-05-08", type: "workday"))
            func run(isDryRun: Bool = false) async throws -> HolidayImport {
                try await commands.importHolidays(list, into: calendar, from: "x", hours: .standard, isDryRun: isDryRun, in: id)
            }
            let dry = try await run(isDryRun: true)
            #expect(dry.versions == 2 && dry.record.version == 2 && dry.merge.added.closures.count == 1)
            let done = try await run()
            #expect(done.versions == 2 && done.record.version == 4 && done.record.content.effectiveFrom == begin)
            let schedule = try await desk.queries.schedule(of: calendar, in: id)
            #expect(schedule.map(\.number) == [3, 4] && schedule[1].since == begin && schedule[0].since < begin)
            #expect(schedule.allSatisfy { $0.definition.closures.count == 1 && $0.definition.publishedYears == [2090] })
            #expect(schedule.compactMap { $0.definition.openings.values.first?.first?.start } == [9 * 3_600, 7 * 3_600])
            let again = try await run()
            #expect(again.versions == 0 && again.record == done.record)
            // Where only what is scheduled lacks them, only that changes.
            _ = try await commands.updateCalendar(calendar, in: id) { _ in
                CalendarContent(name: "Office", definition: monday(7), effectiveFrom: begin)
            }
            let third = try await run()
            #expect(third.versions == 1 && third.record.version == 6 && third.record.content.effectiveFrom == begin)
            #expect(try await desk.queries.schedule(of: calendar, in: id).map(\.number) == [3, 6])
        }
    }

    @Test("Scheduled hours that begin while holidays are imported stay, with the holidays")
    func hoursThatBeginMeanwhile() async throws {
        try await DirectoryDesk.with(hasTestClock: true) { desk in
            let (commands, id) = (desk.commands, desk.id)
            @Sendable func monday(_ start: Int) -> CalendarDefinition {
                CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: start * 3_600, end: 61_200)]])
            }
            try await desk.database.freezeClock()
            let calendar = try await commands.createCalendar(CalendarContent(name: "Office", definition: monday(9)), in: id).done().id
            let begin = try await desk.environment.clock.read().adding(microseconds: 86_400_000_000)
            _ = try await commands.updateCalendar(calendar, in: id) {
                CalendarContent(name: $0.name, definition: monday(7), effectiveFrom: begin)
            }
            // A second before the hours begin whoever looks first, a second after it whoever looks next.
            try await desk.database.sql(
                """
                CREATE SEQUENCE docket.looks;
                GRANT USAGE ON SEQUENCE docket.looks TO PUBLIC;
                CREATE OR REPLACE FUNCTION docket.now() RETURNS timestamptz
                    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, docket
                    AS $$ SELECT timestamptz '\(begin)' + make_interval(secs => CASE nextval('docket.looks') WHEN 1 THEN -1 ELSE 1 END) $$;
                """
            )
            desk.environment.clock.invalidate()
            let list = days(HolidayDay(date: "2090-05-01", type: "holiday"))
            _ = try await commands.importHolidays(list, into: calendar, from: "x", hours: .standard, isDryRun: false, in: id)
            #expect(try await desk.number("SELECT last_value FROM docket.looks") >= 1)
            let after = LoadCalendarSchedule(tenant: id, calendar: calendar, from: begin.adding(microseconds: 2_000_000))
            let schedule = try await desk.environment.database.rows(after, of: id)
            #expect(schedule.map { $0.definition.weekly } == [monday(7).weekly])
            #expect(schedule.allSatisfy { $0.definition.closures.count == 1 })
        }
    }

    @Test("What is wrong is named by its place, and changes nothing")
    func refusals() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let always = CalendarDefinition(zone: "UTC", alwaysOpen: true)
            let calendar = try await commands.createCalendar(CalendarContent(name: "Office", definition: always), in: id).done()
            let cases: [(HolidayInput, String)] = [
                (days(HolidayDay(date: "2027-02-29", type: "holiday")), "/days/0/date"),
                (.ics(Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\n".utf8)), ""),
            ]
            for (input, pointer) in cases {
                let refused = try await refusal {
                    _ = try await commands.importHolidays(input, into: calendar.id, from: "x", hours: .standard, isDryRun: false, in: id)
                }
                #expect(refused?.pointers == [pointer])
            }
            let list = days(HolidayDay(date: "2027-05-01", type: "holiday"))
            await #expect(throws: UseCaseError.self) {
                try await commands.importHolidays(
                    list,
                    into: calendar.id,
                    from: "x",
                    hours: .standard,
                    isDryRun: false,
                    in: id,
                    expectedVersion: 9
                )
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 1)
        }
    }

    @Test("A calendar's version says by which release of the time zone database it was made")
    func timeZoneDatabase() async throws {
        try await DirectoryDesk.with { desk in
            let tools = DirectoryTools(zones: DatedUTC(), secrets: desk.vault) { _ in nil }
            let commands = DirectoryCommands(environment: desk.environment, tools: tools)
            let content = CalendarContent(name: "Office", definition: CalendarDefinition(zone: "UTC", alwaysOpen: true))
            let calendar = try await commands.createCalendar(content, in: desk.id).done()
            #expect(calendar.content.timeZoneDatabase == "2025b")
            #expect(try await desk.queries.load(calendar.id, as: CalendarContent.self, in: desk.id).content.timeZoneDatabase == "2025b")
            // A source that cannot tell says so.
            let edited = try await desk.commands.updateCalendar(calendar.id, in: desk.id) { before in
                var content = before
                content.name = "Shop"
                return content
            }.done()
            #expect(edited.content.timeZoneDatabase == nil)
        }
    }

    private struct DatedUTC: TimeZoneSource {
        let databaseVersion: String? = "2025b"
        func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules { .utc }
    }
}
