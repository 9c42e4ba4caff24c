import Domain
import Testing

/// The worked examples of sla.md and of the Chinese working calendar, by their ids.
@Suite struct CalendarExamplesTests {
    struct Addition: Sendable, CustomTestStringConvertible {
        let id: String
        let from: String
        let amount: Int64
        let due: String
        let breach: String

        init(_ id: String, _ from: String, _ amount: Int64, _ due: String, breach: String? = nil) {
            self.id = id
            self.from = from
            self.amount = amount
            self.due = due
            self.breach = breach ?? due
        }

        var testDescription: String { id }
    }

    @Test(arguments: [
        Addition("D1", "2024-03-01 16:00", 2, "2024-03-04 10:00"),
        Addition("D2", "2024-03-04 09:00", 8, "2024-03-04 17:00", breach: "2024-03-05 09:00"),
        Addition("D3", "2024-04-30 16:30", 1, "2024-05-02 09:30"),
        Addition("D4", "2024-12-24 11:00", 2, "2024-12-27 10:00"),
        Addition("D5", "2024-11-29 16:00", 3, "2024-11-30 12:00"),
        Addition("glpi#22678 Fri 16:30 + 1 h", "2024-03-01 16:30", 1, "2024-03-04 09:30"),
    ])
    func berlin(_ example: Addition) throws {
        let calendar = try Fixtures.berlin()
        let from = try Fixtures.at(example.from)
        #expect(try calendar.add(example.amount * hour, to: from) == Fixtures.at(example.due))
        #expect(try calendar.addOpen(example.amount * hour, to: from) == Fixtures.at(example.breach))
    }

    @Test func d6WeekendCountsNothing() throws {
        let calendar = try Fixtures.berlin()
        let (start, end) = (try Fixtures.at("2024-03-01 12:00"), try Fixtures.at("2024-03-04 12:00"))
        #expect(try calendar.elapsed(from: start, to: end) == 8 * hour)
        #expect(try calendar.elapsed(from: end, to: start) == -8 * hour)
    }

    @Test(arguments: [
        Addition("N1", "2024-03-04 23:00", 8, "2024-03-05 23:00"),
        Addition("N2", "2024-03-08 22:00", 9, "2024-03-11 23:00"),
    ])
    func nightShift(_ example: Addition) throws {
        let zone = "America/New_York"
        let definition = CalendarDefinition(zone: zone, weekly: try Fixtures.hours("22:00-30:00"))
        let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
        #expect(try calendar.add(example.amount * hour, to: Fixtures.at(example.from, zone)) == Fixtures.at(example.due, zone))
    }

    @Test func n3NightsOfClockChanges() throws {
        let zone = "America/New_York"
        let weekly = try Fixtures.hours("22:00-30:00", on: Weekday.allCases)
        let calendar = try BusinessCalendar(CalendarDefinition(zone: zone, weekly: weekly), zones: ZoneFiles())
        func night(_ from: String, _ to: String) throws -> Int64 {
            try calendar.elapsed(from: Fixtures.at("\(from) 12:00", zone), to: Fixtures.at("\(to) 12:00", zone))
        }
        #expect(try night("2024-03-09", "2024-03-10") == 7 * hour)
        #expect(try night("2024-11-02", "2024-11-03") == 9 * hour)
    }

    @Test func n4HolidayCutsShiftsAtMidnight() throws {
        let zone = "America/New_York"
        let definition = CalendarDefinition(zone: zone, weekly: try Fixtures.hours("22:00-30:00"), closures: [try Fixtures.closed("2024-07-04")])
        let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
        func span(_ from: String, _ to: String) throws -> Int64 {
            try calendar.elapsed(from: Fixtures.at(from, zone), to: Fixtures.at(to, zone))
        }
        #expect(try span("2024-07-03 22:00", "2024-07-04 06:00") == 2 * hour)
        #expect(try span("2024-07-04 22:00", "2024-07-05 06:00") == 6 * hour)
    }

    @Test func z1AlwaysOpenCrossesLeapDay() throws {
        let calendar = try BusinessCalendar(CalendarDefinition(zone: "UTC", alwaysOpen: true), zones: ZoneFiles())
        #expect(try calendar.add(48 * hour, to: Fixtures.utc("2024-02-28T12:00:00Z")) == Fixtures.utc("2024-03-01T12:00:00Z"))
    }

    @Test func z2LondonDaysOfClockChanges() throws {
        let zone = "Europe/London"
        let calendar = try BusinessCalendar(CalendarDefinition(zone: zone, alwaysOpen: true), zones: ZoneFiles())
        func day(_ from: String, _ to: String) throws -> Int64 {
            try calendar.elapsed(from: Fixtures.at("\(from) 00:00", zone), to: Fixtures.at("\(to) 00:00", zone))
        }
        #expect(try day("2024-10-27", "2024-10-28") == 25 * hour)
        #expect(try day("2024-03-31", "2024-04-01") == 23 * hour)
    }

    @Test("Windows of a day that overlap or touch count once")
    func overlappingWindows() throws {
        let zone = "Europe/London"
        let definition = CalendarDefinition(zone: zone, weekly: try Fixtures.hours("09:00-12:00", "11:00-17:00", "17:00-18:00", on: [.sunday]))
        let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
        #expect(try calendar.elapsed(from: Fixtures.at("2024-06-02 00:00", zone), to: Fixtures.at("2024-06-03 00:00", zone)) == 9 * hour)
    }

    @Test func g1AndG2LosAngeles() throws {
        let zone = "America/Los_Angeles"
        let gap = CalendarDefinition(zone: zone, weekly: try Fixtures.hours("01:00-02:30", "03:00-05:00", on: [.sunday]))
        let overlap = CalendarDefinition(zone: zone, weekly: try Fixtures.hours("01:30-02:15", on: [.sunday]))
        func day(_ definition: CalendarDefinition, _ from: String, _ to: String) throws -> Int64 {
            let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
            return try calendar.elapsed(from: Fixtures.at("\(from) 00:00", zone), to: Fixtures.at("\(to) 00:00", zone))
        }
        #expect(try day(gap, "2014-03-09", "2014-03-10") == 3 * hour)
        #expect(try day(overlap, "2014-11-02", "2014-11-03") == 105 * minute)
    }

    @Test func saoPauloDayWithoutMidnightOpensAt3Z() throws {
        let weekly = try Fixtures.hours("00:00-24:00", on: [.sunday])
        let calendar = try BusinessCalendar(CalendarDefinition(zone: "America/Sao_Paulo", weekly: weekly), zones: ZoneFiles())
        let opening = try Fixtures.utc("2015-10-18T03:00:00Z")
        #expect(try calendar.nextOpen(Fixtures.utc("2015-10-17T12:00:00Z")) == opening)
        #expect(try calendar.nextClose(opening) == Fixtures.utc("2015-10-19T02:00:00Z"))
    }

    @Test func lordHoweGapIsHalfAnHour() throws {
        let zone = try ZoneFiles().zone(named: "Australia/Lord_Howe")
        // 2024-10-06 02:00 (+10:30) jumps to 02:30 (+11): 02:15 becomes 02:45, the instant 15:45Z of the day before.
        let local = Int64(try Fixtures.date("2024-10-06").daysSince1970) * 86_400 + 2 * 3_600 + 900
        let expected = try Fixtures.utc("2024-10-05T15:45:00Z")
        #expect(zone.instant(ofLocal: local) == expected.microseconds / 1_000_000)
    }

    @Test(arguments: [
        Addition("Saturday make-up day", "2026-02-13 17:00", 4, "2026-02-14 12:00"),
        Addition("Spring Festival", "2026-02-14 17:00", 4, "2026-02-24 12:00"),
        Addition("National Day", "2026-09-30 17:30", 2, "2026-10-08 10:30"),
        Addition("a Sunday works", "2025-09-27 10:00", 1, "2025-09-28 10:00"),
        Addition("Labour Day", "2026-04-30 16:00", 8, "2026-05-06 16:30"),
    ])
    func china(_ example: Addition) throws {
        let calendar = try Fixtures.shanghai()
        let from = try Fixtures.at(example.from, "Asia/Shanghai")
        #expect(try calendar.add(example.amount * hour, to: from) == Fixtures.at(example.due, "Asia/Shanghai"))
    }

    /// 365 days, less weekends and holidays, and the make-up days: 248 working days in each of the two years, as the lists come to.
    @Test(arguments: [(2025, 248), (2026, 248)])
    func chinaHasItsWorkingDays(_ row: (year: Int, days: Int64)) throws {
        let calendar = try Fixtures.shanghai()
        let start = try Fixtures.at("\(row.year)-01-01 00:00", "Asia/Shanghai")
        let end = try Fixtures.at("\(row.year + 1)-01-01 00:00", "Asia/Shanghai")
        #expect(try calendar.elapsed(from: start, to: end) == row.days * (7 * hour + 30 * minute))
        #expect(!calendar.isUnpublished(at: start))
    }
}
