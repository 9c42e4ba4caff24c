import Domain
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// iCalendar files (RFC 5545) as lists of holidays.
@Suite struct HolidayICSTests {
    static func calendar(_ lines: String...) -> [UInt8] {
        Array((["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: "\r\n").utf8)
    }

    static func event(_ lines: String...) -> String { (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).joined(separator: "\r\n") }

    static func event(_ lines: [String]) -> String { (["BEGIN:VEVENT"] + lines + ["END:VEVENT"]).joined(separator: "\r\n") }

    struct Read: Sendable, CustomTestStringConvertible {
        let id: String
        let lines: [String]
        let entries: [String]
        init(_ id: String, _ lines: [String], _ entries: String...) {
            self.id = id
            self.lines = lines
            self.entries = entries
        }
        var testDescription: String { id }
    }

    @Test(arguments: [
        Read("one day", ["DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260502", "SUMMARY:Tag der Arbeit"], "2026-05-01 Tag der Arbeit"),
        Read("no end", ["DTSTART;VALUE=DATE:20260501"], "2026-05-01"),
        Read("the end is not included", ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20270102"], "2026-12-24..2027-01-01"),
        Read("duration in days", ["DTSTART;VALUE=DATE:20260215", "DURATION:P1W2D"], "2026-02-15..2026-02-23"),
        Read("folded, with escapes", ["DTSTART;VALUE=DATE:2026", " 0501", "SUMMARY:Fest\\, ", " groß"], "2026-05-01 Fest, groß"),
        Read("quoted parameter", ["DTSTART;X-A=\"b:c;d\";VALUE=DATE:20260501"], "2026-05-01"),
        Read("yearly", ["DTSTART;VALUE=DATE:20201225", "DTEND;VALUE=DATE:20201227", "RRULE:FREQ=YEARLY"], "every 12-25..12-26 since 2020"),
        Read(
            "yearly, said twice",
            ["DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=5;BYMONTHDAY=1;WKST=MO"],
            "every 05-01..05-01 since 2020"
        ),
        Read("yearly over New Year", ["DTSTART;VALUE=DATE:20201231", "DURATION:P2D", "RRULE:FREQ=YEARLY"], "every 12-31..01-01 since 2020"),
        Read("yearly, three times", ["DTSTART;VALUE=DATE:20240501", "RRULE:FREQ=YEARLY;COUNT=3"], "2024-05-01", "2025-05-01", "2026-05-01"),
        Read("yearly, until", ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;UNTIL=20290101"], "2024-02-29", "2028-02-29"),
        Read(
            "until a moment in UTC, which is the next year's first day at home",
            ["DTSTART;TZID=Europe/Berlin:20240101T000000", "DURATION:PT12H", "RRULE:FREQ=YEARLY;UNTIL=20251231T230000Z"],
            "2024-01-01 00:00-12:00",
            "2025-01-01 00:00-12:00",
            "2026-01-01 00:00-12:00"
        ),
        Read(
            "until a moment in UTC before the last would begin",
            ["DTSTART;TZID=Europe/Berlin:20240101T120000", "DURATION:PT12H", "RRULE:FREQ=YEARLY;UNTIL=20260101T105959Z"],
            "2024-01-01 12:00-24:00",
            "2025-01-01 12:00-24:00"
        ),
        Read(
            "whole days until UTC's midnight of the last",
            ["DTSTART;VALUE=DATE:20240501", "RRULE:FREQ=YEARLY;UNTIL=20250501T000000Z"],
            "2024-05-01",
            "2025-05-01"
        ),
        Read(
            "the last of several days is not cut by the rule's end",
            ["DTSTART:20241231T180000", "DTEND:20250102T060000", "RRULE:FREQ=YEARLY;UNTIL=20251231T180000"],
            "2024-12-31 18:00-24:00",
            "2025-12-31 18:00-24:00",
            "2025-01-01",
            "2026-01-01",
            "2025-01-02 00:00-06:00",
            "2026-01-02 00:00-06:00"
        ),
        Read(
            "a span over a leap day is as long in every year",
            ["DTSTART:20230228T180000", "DURATION:PT12H", "RRULE:FREQ=YEARLY;COUNT=2"],
            "2023-02-28 18:00-24:00",
            "2024-02-28 18:00-24:00",
            "2023-03-01 00:00-06:00",
            "2024-02-29 00:00-06:00"
        ),
        Read("cancelled", ["DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED"]),
        Read("an afternoon of wall time", ["DTSTART:20261224T120000", "DTEND:20261225T000000"], "2026-12-24 12:00-24:00"),
        Read("the same with the zone", ["DTSTART;TZID=Europe/Berlin:20261224T120000", "DURATION:PT12H"], "2026-12-24 12:00-24:00"),
        Read("UTC becomes wall time", ["DTSTART:20260701T100000Z", "DTEND:20260701T113000Z"], "2026-07-01 12:00-13:30"),
        Read(
            "another zone",
            ["DTSTART;TZID=America/New_York:20260701T180000", "DTEND;TZID=America/New_York:20260701T200000"],
            "2026-07-02 00:00-02:00"
        ),
        Read(
            "over two midnights",
            ["DTSTART:20260701T180000", "DTEND:20260703T060000"],
            "2026-07-01 18:00-24:00",
            "2026-07-02",
            "2026-07-03 00:00-06:00"
        ),
        Read("whole days by time", ["DTSTART:20260701T000000", "DTEND:20260703T000000"], "2026-07-01..2026-07-02"),
        Read(
            "every Christmas Eve's afternoon",
            ["DTSTART:20201224T120000", "DURATION:PT12H", "RRULE:FREQ=YEARLY"],
            "every 12-24..12-24 since 2020 12:00-24:00"
        ),
        Read("a workday", ["DTSTART;VALUE=DATE:20260214", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"], "work 2026-02-14"),
        Read("a name of two lines", ["DTSTART;VALUE=DATE:20260501", "SUMMARY:a\tb\\nc"], "2026-05-01 a\tb\nc"),
        Read(
            "hours of a duration are exact where clocks change (RFC 5545 3.3.6)",
            ["DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:PT24H"],
            "2027-03-27 12:00-24:00",
            "2027-03-28 00:00-13:00"
        ),
        Read(
            "also in autumn, and without a zone",
            ["DTSTART:20271030T120000", "DURATION:PT24H"],
            "2027-10-30 12:00-24:00",
            "2027-10-31 00:00-11:00"
        ),
        Read(
            "days of a duration are the wall's",
            ["DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:P1D"],
            "2027-03-27 12:00-24:00",
            "2027-03-28 00:00-12:00"
        ),
        Read(
            "days first, then hours",
            ["DTSTART;TZID=Europe/Berlin:20270327T013000", "DURATION:P1DT1H"],
            "2027-03-27 01:30-24:00",
            "2027-03-28 00:00-03:30"
        ),
        Read(
            "days are those of the event's own wall",
            ["DTSTART;TZID=America/New_York:20270313T120000", "DURATION:P1D"],
            "2027-03-13 18:00-24:00",
            "2027-03-14 00:00-17:00"
        ),
        Read(
            "what comes back every year is as long by the wall in each",
            ["DTSTART;TZID=Europe/Berlin:20270327T120000", "DURATION:PT24H", "RRULE:FREQ=YEARLY"],
            "every 03-27..03-27 since 2027 12:00-24:00",
            "every 03-28..03-28 since 2027 00:00-12:00"
        ),
        Read("an hour that clocks show as none", ["DTSTART:20271031T003000Z", "DTEND:20271031T013000Z"], "2027-10-31 02:30-03:00"),
        Read("inside the second of two hours shown alike", ["DTSTART:20271031T011000Z", "DTEND:20271031T014000Z"], "2027-10-31 02:10-03:00"),
        Read("up to the second of them", ["DTSTART:20271030T230000Z", "DTEND:20271031T011000Z"], "2027-10-31 01:00-03:00"),
        Read("up to the first of them", ["DTSTART:20271030T230000Z", "DTEND:20271031T001000Z"], "2027-10-31 01:00-02:10"),
        Read(
            "a night in which clocks go back",
            ["DTSTART:20271030T180000Z", "DTEND:20271031T040000Z"],
            "2027-10-30 20:00-24:00",
            "2027-10-31 00:00-05:00"
        ),
        Read("alarms are nobody's", ["DTSTART;VALUE=DATE:20260501", "BEGIN:VALARM", "DURATION:PT5M", "END:VALARM"], "2026-05-01"),
    ])
    func taken(_ read: Read) throws {
        let list = try HolidayList(ics: Self.calendar(Self.event(read.lines)), zoneName: "Europe/Berlin", zones: ZoneFiles())
        #expect(list.entries.map(Self.text) == read.entries)
    }

    private static func text(_ entry: HolidayEntry) -> String {
        func span(_ first: String, _ last: String) -> String { first == last ? first : "\(first)..\(last)" }
        let days =
            switch entry.kind {
            case .holiday(.dates(let first, let last), let part): span("\(first)", "\(last)") + (part.map { " \($0)" } ?? "")
            case .holiday(.yearly(let first, let last, let since), let part):
                "every \(first)..\(last)" + (since.map { " since \($0)" } ?? "") + (part.map { " \($0)" } ?? "")
            case .workday(let first, let last): "work " + span("\(first)", "\(last)")
            }
        return days + (entry.name.map { " \($0)" } ?? "")
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let lines: [String]
        let error: String
        init(_ lines: [String], _ error: String) {
            self.lines = lines
            self.error = error
        }
        var testDescription: String { error }
    }

    @Test(arguments: [
        Wrong(["SUMMARY:x"], "line 3: an event needs DTSTART"),
        Wrong(["DTSTART;VALUE=DATE:20260230"], "line 4: is no date of the form YYYYMMDD between the years 1900 and 2299"),
        Wrong(["DTSTART;VALUE=DATE:20260501T120000"], "line 4: is no date of the form YYYYMMDD"),
        Wrong(["DTSTART:20260501T1200"], "line 4: is no date and time of the form YYYYMMDDTHHMMSS"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DTSTART;VALUE=DATE:20260502"], "line 5: DTSTART stands twice in one event"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260430"], "line 5: the event ends before it begins"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DTEND:20260502T000000Z"], "line 5: DTSTART is a date: DTEND must be one too"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DURATION:PT5H"], "line 5: DTSTART is a date: its duration is in days or weeks"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DURATION:-P1D"], "line 5: is no positive duration such as P1D or PT4H"),
        Wrong(["DTSTART:20260501T120000"], "line 3: an event with a time of day needs DTEND or DURATION"),
        Wrong(["DTSTART;TZID=Mars/Olympus:20260501T120000", "DURATION:PT1H"], "line 4: the TZID is not a zone of the IANA database"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=MONTHLY"], "line 5: FREQ=MONTHLY: only YEARLY is taken"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;INTERVAL=4"], "line 5: INTERVAL: only every year is taken"),
        Wrong(["DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"], "line 5: BYDAY: only a fixed day of every year is taken"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RRULE:COUNT=2"], "line 5: a rule needs FREQ"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=4000"], "line 5: COUNT is from 1 to 400"),
        Wrong(
            ["DTSTART:20260501T120000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY"],
            "line 6: a part of a day is repeated only in the calendar's own zone"
        ),
        Wrong(["DTSTART;VALUE=DATE:20260501", "EXDATE:20270501"], "line 5: EXDATE is not taken: list the days one by one"),
        Wrong(
            ["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY", "EXRULE:FREQ=YEARLY;COUNT=2"],
            "line 6: EXRULE is not taken: list the days one by one"
        ),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260502", "DURATION:P1D"], "line 6: an event has DTEND or DURATION, not both"),
        Wrong(["DTSTART:20260501T120000", "DURATION:PT1H", "DTEND:20260501T140000"], "line 5: an event has DTEND or DURATION, not both"),
        Wrong(
            ["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=3;UNTIL=20290101"],
            "line 5: a rule ends by COUNT or by UNTIL, not by both"
        ),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;freq=YEARLY"], "line 5: FREQ stands twice in one rule"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "SUMMARY:a\u{0}b"], "line 5: U+0000 is not allowed"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "SUMMARY:a\u{1B}b"], "line 5: U+001B is not allowed"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "SUMMARY:a\u{7F}"], "line 5: U+007F is not allowed"),
        Wrong(["DTSTART:20271031T013000Z", "DTEND:20271031T003000Z"], "line 3: the event ends before it begins, or has no length"),
        Wrong(["DTSTART:20271031T011000Z", "DTEND:20271031T005000Z"], "line 3: the event ends before it begins, or has no length"),
        Wrong(["DTSTART:20260501T120000", "DTEND:20260501T120000"], "line 3: the event ends before it begins, or has no length"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "RECURRENCE-ID:20270501"], "line 5: RECURRENCE-ID is not taken: list the days one by one"),
        Wrong(["DTSTART;VALUE=DATE:20260501", "DURATION:P900D"], "line 3: an event of more than 366 days"),
        Wrong(["DTSTART 20260501"], "line 4: is not NAME:VALUE"),
        Wrong(["DTSTART;VALUE:20260501"], "line 4: has a parameter that is not NAME=VALUE"),
    ])
    func refused(_ wrong: Wrong) throws {
        let error = #expect(throws: HolidayListError.self) {
            try HolidayList(ics: Self.calendar(Self.event(wrong.lines)), zoneName: "Europe/Berlin", zones: ZoneFiles())
        }
        #expect(error?.description == wrong.error)
    }

    @Test(arguments: [
        ("", "no BEGIN:VCALENDAR: this is no iCalendar file"), ("hello", "line 1: is not NAME:VALUE"),
        ("DTSTART:20260501", "line 1: a file begins with BEGIN:VCALENDAR"), ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "the file ends inside VEVENT"),
        ("BEGIN:VCALENDAR\nEND:VEVENT\n", "line 2: END without its BEGIN"),
        ("BEGIN:VEVENT\n", "line 1: components are nested as VCALENDAR does not allow"),
        ("BEGIN:VCALENDAR\nX:\u{1}\"\nEND:VCALENDAR", ""),
    ])
    func files(_ row: (text: String, error: String)) throws {
        func read() throws -> HolidayList { try HolidayList(ics: Array(row.text.utf8), zoneName: "UTC", zones: ZoneFiles()) }
        if row.error.isEmpty {
            #expect(try read().entries == [])
        } else {
            let error = #expect(throws: HolidayListError.self) { try read() }
            #expect(error?.description == row.error)
        }
    }

    @Test func invalidBytesAndLargeFilesAreRefused() {
        let broken = Array("BEGIN:VCALENDAR\nSUMMARY:".utf8) + [0xFF, 0xFE] + Array("\nEND:VCALENDAR\n".utf8)
        #expect(throws: HolidayListError("line 2", "is not UTF-8")) { try HolidayList(ics: broken, zoneName: "UTC", zones: ZoneFiles()) }
        let large = [UInt8](repeating: UInt8(ascii: "\n"), count: HolidayList.maximumICSBytes + 1)
        #expect(throws: HolidayListError.self) { try HolidayList(ics: large, zoneName: "UTC", zones: ZoneFiles()) }
        let many = Self.calendar(String(repeating: Self.event("DTSTART;VALUE=DATE:20260501") + "\r\n", count: 5_001))
        #expect(throws: HolidayListError.self) { try HolidayList(ics: many, zoneName: "UTC", zones: ZoneFiles()) }
    }

    /// A fold may stand between any two bytes, inside a character too.
    @Test func foldsAnywhere() throws {
        let plain = Self.calendar(Self.event("DTSTART;VALUE=DATE:20260214", "SUMMARY:春节放假 – Fest"))
        let zones = ZoneFiles()
        let expected = try HolidayList(ics: plain, zoneName: "Asia/Shanghai", zones: zones)
        for position in plain.indices.dropFirst() where plain[position] != UInt8(ascii: "\n") && plain[position - 1] != UInt8(ascii: "\n") {
            let folded = Array(plain[..<position]) + Array("\r\n ".utf8) + Array(plain[position...])
            // A fold before the CR of a line leaves an empty continuation.
            #expect(try HolidayList(ics: folded, zoneName: "Asia/Shanghai", zones: zones) == expected, "at \(position)")
        }
    }

    /// Any bytes give a list or an error, soon.
    @Test func randomDamageIsAnAnswerOrAnError() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        let plain = Self.calendar(
            Self.event("DTSTART;TZID=Europe/Berlin:20261224T120000", "DURATION:PT12H", "RRULE:FREQ=YEARLY;COUNT=3", "SUMMARY:a\\nb"),
            Self.event("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260504")
        )
        let zones = ZoneFiles()
        var taken = 0
        for _ in 0..<3_000 {
            var bytes = plain
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: position)
                default: bytes.insert(UInt8.random(in: 32...126, using: &random), at: position)
                }
            }
            if let list = try? HolidayList(ics: bytes, zoneName: "Europe/Berlin", zones: zones) {
                taken += 1
                #expect(list.entries.count <= 1_000, "seed \(seed)")
            }
        }
        #expect(taken > 0, "seed \(seed)")
    }

    @Test func aFeedBecomesAVersionOfACalendar() throws {
        let feed = Self.calendar(
            Self.event("DTSTART;VALUE=DATE:20260403", "SUMMARY:Karfreitag"),
            Self.event("DTSTART;VALUE=DATE:20201225", "DTEND;VALUE=DATE:20201227", "RRULE:FREQ=YEARLY", "SUMMARY:Weihnachten")
        )
        let list = try HolidayList(ics: feed, zoneName: "Europe/Berlin", zones: ZoneFiles())
        let before = CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("09:00-17:00"))
        let merge = try before.importing(list, from: "feiertage")
        #expect(try !merge.definition.importing(list, from: "feiertage").isChange)
        let calendar = try BusinessCalendar(merge.definition, zones: ZoneFiles())
        #expect(try calendar.nextOpen(Fixtures.at("2026-04-02 17:00")) == Fixtures.at("2026-04-06 09:00"))
        #expect(try calendar.nextOpen(Fixtures.at("2031-12-24 17:00")) == Fixtures.at("2031-12-29 09:00"))
        #expect(merge.definition.publishedYears == [2026])
    }

    @Test("In a night in which clocks go back a calendar is closed in all of an event, and beside it only in what clocks show twice")
    func repeatedHours() throws {
        let (zones, hour) = (ZoneFiles(), Int64(3_600))
        // 31 October 2027: 03:00 in summer time, 02:00 in winter time.
        let change = try #require(CivilDate("2027-10-31")).daysSince1970
        let midnight = Int64(change) * 86_400
        func stamp(_ seconds: Int64) -> String {
            let minutes = Int(seconds - midnight) / 60
            return "20271031T0\(minutes / 60)\(minutes % 60 == 0 ? "00" : "\(minutes % 60)")00Z"
        }
        for start in stride(from: midnight, to: midnight + 3 * hour, by: 600) {
            for end in stride(from: start + 600, through: midnight + 3 * hour, by: 600) {
                let feed = Self.calendar(Self.event("DTSTART:\(stamp(start))", "DTEND:\(stamp(end))"))
                let list = try HolidayList(ics: feed, zoneName: "Europe/Berlin", zones: zones)
                let always = CalendarDefinition(zone: "Europe/Berlin", weekly: [.sunday: [WallInterval(start: 0, end: 86_400)]])
                let calendar = try BusinessCalendar(try always.importing(list, from: "x").definition, zones: zones)
                for time in stride(from: midnight, to: midnight + 4 * hour, by: 600) {
                    let isOpen = try calendar.isOpen(Timestamp(microseconds: time * 1_000_000))
                    let isInside = start <= time && time < end
                    // What begins or ends in the hour that is shown again closes that from its first showing, and to the end of the second.
                    let isTwice = midnight <= time && time < midnight + 2 * hour
                    #expect(isInside ? !isOpen : isOpen || isTwice, "\(stamp(start)) \(stamp(end)) \(stamp(time))")
                }
            }
        }
    }

    @Test("Nobody has published the years to which a rule with an end reaches")
    func rulesPublishNothing() throws {
        let rule = Self.event("DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;COUNT=6", "SUMMARY:Neujahr")
        let feed = Self.calendar(rule, Self.event("DTSTART;VALUE=DATE:20260403", "SUMMARY:Karfreitag"))
        let list = try HolidayList(ics: feed, zoneName: "Europe/Berlin", zones: ZoneFiles())
        let before = CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("09:00-17:00"))
        let merge = try before.importing(list, from: "feiertage")
        #expect(merge.definition.publishedYears == [2026] && merge.definition.closures.count == 7)
        #expect((2024...2030).filter { !merge.definition.isUnpublished(year: $0) } == [2026])
        #expect(try !merge.definition.importing(list, from: "feiertage").isChange)
        // As an earlier version kept it: the year's own entry makes way for the rule's.
        var earlier = before
        let day = try Fixtures.date("2027-01-01")
        earlier.closures = [CalendarClosure(.dates(day, day), name: "Neujahr", source: HolidaySource("feiertage/2027"))]
        #expect(try earlier.importing(list, from: "feiertage").definition == merge.definition)
        // A feed without the rule has rules no more to say of; one with another has.
        let dates = try HolidayList(ics: Self.calendar(Self.event("DTSTART;VALUE=DATE:20260403")), zoneName: "UTC", zones: ZoneFiles())
        #expect(try merge.definition.importing(dates, from: "feiertage").removed.closures.count == 1)
        let other = Self.event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY")
        let rules = try HolidayList(ics: Self.calendar(other), zoneName: "UTC", zones: ZoneFiles())
        #expect(try merge.definition.importing(rules, from: "feiertage").removed.closures.count == 6)
    }

    @Test("A file that marks its holidays closes nothing for the festivals that it does not mark, and says so")
    func festivals() throws {
        let mark = "X-APPLE-SPECIAL-DAY:"
        let events = [
            Self.event("DTSTART;VALUE=DATE:20260214", "SUMMARY:春节（班）", mark + "ALTERNATE-WORKDAY"),
            Self.event("DTSTART;VALUE=DATE:20260214", "SUMMARY:情人节", "RRULE:FREQ=YEARLY;BYDAY=2SU"),
            Self.event("DTSTART;VALUE=DATE:20260217", "SUMMARY:春节（休）", mark + "WORK-HOLIDAY"),
            Self.event("DTSTART;VALUE=DATE:20260819", "SUMMARY:七夕"),
            Self.event("SUMMARY:nothing"),
        ]
        let list = try HolidayList(ics: Self.calendar(events.joined(separator: "\r\n")), zoneName: "Asia/Shanghai", zones: ZoneFiles())
        #expect(list.entries.map(Self.text) == ["work 2026-02-14 春节（班）", "2026-02-17 春节（休）"])
        let before = CalendarDefinition(zone: "Asia/Shanghai", weekly: try Fixtures.hours("09:00-17:00"))
        let merge = try before.importing(list, from: "cn")
        #expect(merge.added.closures.map(\.name) == ["春节（休）"] && merge.skipped.closures.map(\.name) == ["情人节", "七夕"])
        #expect(try !merge.definition.importing(list, from: "cn").isChange)
        // Marked workdays alone say nothing of the other events.
        let unmarked = try HolidayList(ics: Self.calendar(events[0], events[3]), zoneName: "Asia/Shanghai", zones: ZoneFiles())
        #expect(unmarked.entries.count == 2 && unmarked.unmarked.isEmpty)
    }

    @Test("A rule without end begins with its event, also as it is stored")
    func rulesBegin() throws {
        let feed = Self.calendar(Self.event("DTSTART;VALUE=DATE:20301003", "RRULE:FREQ=YEARLY"))
        let list = try HolidayList(ics: feed, zoneName: "Europe/Berlin", zones: ZoneFiles())
        let merge = try CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("09:00-17:00")).importing(list, from: "feed")
        let stored = try JSONDecoder().decode(CalendarDefinition.self, from: JSONEncoder().encode(merge.definition))
        #expect(stored == merge.definition)
        let calendar = try BusinessCalendar(stored, zones: ZoneFiles())
        #expect(try calendar.isOpen(Fixtures.at("2029-10-03 12:00")) && !calendar.isOpen(Fixtures.at("2030-10-03 12:00")))
        #expect(try !calendar.isOpen(Fixtures.at("2031-10-03 12:00")))
        // Somebody's own rule for all years is enough; one that begins later is not.
        let days = try #require(MonthDay("10-03"))
        for (since, isEnough) in [(nil, true), (2025, true), (2031, false)] as [(Int?, Bool)] {
            var own = merge.definition
            own.closures = [CalendarClosure(.yearly(days, days, since: since))]
            #expect(try own.importing(list, from: "feed").added.closures.isEmpty == isEnough)
        }
        var broken = merge.definition
        broken.closures = [CalendarClosure(.yearly(days, days, since: 1))]
        #expect(throws: CalendarDefinitionError.invalidYear("/closures/0/since")) { try broken.validate() }
    }
}
