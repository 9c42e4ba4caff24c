import Domain
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON lists of holidays with make-up workdays (调休).
@Suite struct HolidayListTests {
    static func document(_ text: String) throws -> HolidayDocument {
        try JSONDecoder().decode(HolidayDocument.self, from: Data(text.utf8))
    }

    @Test func bothShapesGiveTheSameCalendar() throws {
        let array = """
            [{"date":"2026-02-14","name":"春节","type":"workday"},
             {"from":"2026-02-15","to":"2026-02-23","name":"春节","type":"holiday"},
             {"date":"2026-02-28","name":"春节","type":"workday"}]
            """
        let days = (15...23).map { #"{"name":"春节","date":"2026-02-\#($0)","isOffDay":true}"# }
        let flags =
            #"{"$schema":"x","year":2026,"papers":["y"],"days":["#
            + ([#"{"name":"春节","date":"2026-02-14","isOffDay":false}"#] + days + [#"{"name":"春节","date":"2026-02-28","isOffDay":false}"#])
            .joined(separator: ",") + "]}"
        let before = CalendarDefinition(zone: "Asia/Shanghai", weekly: try Fixtures.hours("09:00-12:00", "13:30-18:00"))
        let first = try before.importing(try Self.document(array).list(), from: "cn")
        let second = try before.importing(try Self.document(flags).list(), from: "cn")
        #expect(first.definition == second.definition)
        #expect(first.definition.closures.count == 1)
        #expect(first.definition.closures.first?.source?.description == "cn/2026")
        #expect(first.added.openings.map(\.description) == ["2026-02-14", "2026-02-28"])
        #expect(before.isUnpublished(year: 2026) && !first.definition.isUnpublished(year: 2026) && first.definition.isUnpublished(year: 2027))
        let calendar = try BusinessCalendar(first.definition, zones: ZoneFiles())
        let zone = "Asia/Shanghai"
        #expect(try calendar.add(4 * hour, to: Fixtures.at("2026-02-13 17:00", zone)) == Fixtures.at("2026-02-14 12:00", zone))
        #expect(try calendar.add(4 * hour, to: Fixtures.at("2026-02-14 17:00", zone)) == Fixtures.at("2026-02-24 12:00", zone))
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let error: String
        init(_ text: String, _ error: String) {
            self.text = text
            self.error = error
        }
        var testDescription: String { error }
    }

    @Test(arguments: [
        Wrong(#"[{"date":"2026-02-30","type":"holiday"}]"#, "/days/0/date: not a date of the form YYYY-MM-DD"),
        Wrong(#"[{"date":"2026-02-14"}]"#, "/days/0: needs type, which is holiday or workday, or isOffDay"),
        Wrong(#"[{"date":"2026-02-14","type":"feast"}]"#, "/days/0/type: is holiday or workday"),
        Wrong(#"[{"date":"2026-02-14","name":"a\u0000b","type":"holiday"}]"#, "/days/0/name: U+0000 is not allowed"),
        Wrong(#"[{"date":"2026-02-14","name":"\u001f","type":"workday"}]"#, "/days/0/name: U+001F is not allowed"),
        Wrong(#"[{"type":"holiday"}]"#, "/days/0: needs either date or from"),
        Wrong(#"[{"date":"2026-02-14","to":"2026-02-15","type":"holiday"}]"#, "/days/0/to: goes with from"),
        Wrong(#"[{"from":"2026-02-14","to":"2026-02-13","type":"holiday"}]"#, "/days/0/to: lies before from"),
        Wrong(#"[{"from":"2026-02-14","to":"2027-02-15","type":"holiday"}]"#, "/days/0/to: more than 366 days in one entry"),
        Wrong(#"[{"date":"2026-02-14","start":"12","type":"holiday"}]"#, "/days/0/start: not a time of the form HH:MM"),
        Wrong(#"[{"date":"2026-02-14","start":"12:00","end":"25:00","type":"holiday"}]"#, "/days/0/end: must lie after start, at most 24:00"),
        Wrong(
            #"[{"date":"2026-02-14","start":"12:00","type":"workday"}]"#,
            "/days/0: a workday has no start and end: its hours are chosen for the import"
        ),
        Wrong(#"[{"date":"2026-02-14","type":"workday","isOffDay":true}]"#, "/days/0/type: contradicts isOffDay, or is neither holiday nor workday"),
        Wrong(
            #"[{"from":"2026-02-13","to":"2026-02-15","type":"holiday"},{"date":"2026-02-14","type":"workday"}]"#,
            "2026-02-14 is listed as a holiday and as a workday"
        ),
        Wrong(#"{"year":1,"days":[]}"#, "/year: a year is between 1900 and 2299"),
    ])
    func refused(_ wrong: Wrong) throws {
        let document = try Self.document(wrong.text)
        let error = #expect(throws: HolidayListError.self) { try document.list() }
        #expect(error?.description == wrong.error)
    }

    @Test func importingTwiceChangesNothingAndANewListReplacesItsYear() throws {
        let before = try Fixtures.berlinDefinition()
        let list = try Self.document(
            #"[{"date":"2026-05-01","name":"Labour Day","type":"holiday"},{"date":"2026-12-24","start":"12:00","type":"holiday"},"#
                + #"{"date":"2026-05-09","type":"workday"},{"date":"2025-05-01","type":"holiday"}]"#
        ).list()
        let first = try before.importing(list, from: "de")
        #expect(first.isChange && first.removed.isEmpty && first.added.closures.count == 3)
        let again = try first.definition.importing(list, from: "de")
        #expect(!again.isChange && again.added.isEmpty && again.removed.isEmpty && again.definition == first.definition)

        let corrected = try Self.document(#"{"year":2026,"days":[{"date":"2026-05-01","name":"Labour Day","type":"holiday"}]}"#).list()
        let second = try first.definition.importing(corrected, from: "de")
        #expect(second.removed.closures.count == 1 && second.removed.openings.count == 1 && second.added.isEmpty)
        // Another year, and what people entered, stay.
        #expect(second.definition.closures.filter { $0.source == nil } == before.closures)
        #expect(second.definition.closures.contains { $0.source?.year == 2025 })
        #expect(second.definition.openings == before.openings)
        #expect(second.definition.publishedYears == [2025, 2026])
        // Another source brings its own, and leaves those of the first alone.
        let other = try second.definition.importing(corrected, from: "works-council")
        #expect(other.skipped.closures.count == 1 && other.added.isEmpty && !other.isChange)
    }

    @Test func handMadeOpeningsWinAndHoursAreChosen() throws {
        let day = try Fixtures.date("2026-05-09")
        var before = try Fixtures.berlinDefinition()
        before.openings[day] = [try Fixtures.interval("10:00-11:00")]
        let list = try Self.document(#"[{"from":"2026-05-09","to":"2026-05-10","type":"workday"}]"#).list()
        let merge = try before.importing(list, from: "x", hours: try #require(MakeUpHours("08:00-12:00,13:00-14:00")))
        let next = try Fixtures.date("2026-05-10")
        #expect(merge.skipped.openings == [day] && merge.added.openings == [next])
        #expect(merge.definition.openings[day] == [try Fixtures.interval("10:00-11:00")])
        #expect(merge.definition.openings[next]?.count == 2)
        // Other hours for the same days: the import's own are replaced.
        let later = try merge.definition.importing(list, from: "x", hours: .weekday(.friday))
        #expect(later.removed.openings == later.added.openings && later.added.openings.count == 1)
        #expect(throws: HolidayListError.self) { try before.importing(list, from: "x", hours: .weekday(.sunday)) }
        #expect(throws: HolidayListError.self) { try before.importing(list, from: "not a name") }
        #expect(MakeUpHours("mon-tue") == nil && MakeUpHours("12:00-11:00") == nil && MakeUpHours("") == nil)
    }

    @Test("A make-up workday opens no day that others close, and of one that they close in part what is left")
    func workdaysOnClosedDays() throws {
        let source = HolidaySource("other/2026")
        var before = CalendarDefinition(zone: "Asia/Shanghai", weekly: try Fixtures.hours("09:00-12:00", "13:30-18:00"))
        let monthDay = try #require(MonthDay("05-10"))
        let (other, own) = (try Fixtures.date("2026-05-16"), try Fixtures.date("2026-05-17"))
        before.closures = [
            try Fixtures.closed("2026-05-09"), CalendarClosure(.yearly(monthDay, monthDay)), CalendarClosure(.dates(other, other), source: source),
            CalendarClosure(.dates(own, own), source: HolidaySource("cn/2025")), try Fixtures.closed("2026-05-23", part: "11:00-14:00"),
            try Fixtures.closed("2026-05-24", part: "08:00-18:00"),
        ]
        let days = ["2026-05-09", "2026-05-10", "2026-05-16", "2026-05-17", "2026-05-23", "2026-05-24"].map { #"{"date":"\#($0)","type":"workday"}"# }
        let list = try Self.document("[" + days.joined(separator: ",") + "]").list()
        let merge = try before.importing(list, from: "cn")
        #expect(merge.skipped.openings.map(\.description) == ["2026-05-09", "2026-05-10", "2026-05-16", "2026-05-24"])
        #expect(merge.added.openings.map(\.description) == ["2026-05-17", "2026-05-23"])
        #expect(
            merge.definition.openings[try Fixtures.date("2026-05-23")] == [
                try Fixtures.interval("09:00-11:00"), try Fixtures.interval("14:00-18:00"),
            ]
        )
        #expect(merge.definition.openings[own] == before.weekly[.monday])
        #expect(try !merge.definition.importing(list, from: "cn").isChange)
        // Somebody closes a day that the list opened: the next import takes it back.
        var closed = merge.definition
        closed.closures.append(CalendarClosure(.dates(own, own)))
        let again = try closed.importing(list, from: "cn")
        #expect(again.removed.openings == [own] && again.skipped.openings.contains(own) && again.definition.openings[own] == nil)
        #expect(try !again.definition.importing(list, from: "cn").isChange)
    }

    @Test("A make-up night ends where others close the next day")
    func nightsIntoClosedDays() throws {
        var before = CalendarDefinition(zone: "UTC", weekly: try Fixtures.hours("22:00-30:00"))
        before.closures = [try Fixtures.closed("2026-05-10"), try Fixtures.closed("2026-05-17", part: "02:00-03:00")]
        let list = try Self.document(#"[{"date":"2026-05-09","type":"workday"},{"date":"2026-05-16","type":"workday"}]"#).list()
        let openings = try before.importing(list, from: "cn").definition.openings
        #expect(openings[try Fixtures.date("2026-05-09")] == [try Fixtures.interval("22:00-24:00")])
        // An interval of 03:00 to 06:00 of the next day is no hours of this one.
        #expect(openings[try Fixtures.date("2026-05-16")] == [try Fixtures.interval("22:00-26:00")])
    }

    @Test("Holidays over New Year publish the year in which they begin, or that of their list")
    func newYear() throws {
        var definition = CalendarDefinition(zone: "UTC", weekly: try Fixtures.hours("09:00-17:00"))
        definition.closures = [try Fixtures.closed("2026-12-24", "2027-01-01")]
        #expect(!definition.isUnpublished(year: 2026) && definition.isUnpublished(year: 2027))
        definition.closures = [try Fixtures.closed("2026-12-24", "2027-12-31")]
        #expect(!definition.isUnpublished(year: 2027) && definition.isUnpublished(year: 2028))
        let (first, last) = (try Fixtures.date("2026-12-31"), try Fixtures.date("2027-01-03"))
        definition.closures = [CalendarClosure(.dates(first, last), source: HolidaySource("cn/2027"))]
        #expect(definition.isUnpublished(year: 2026) && !definition.isUnpublished(year: 2027))
    }

    @Test("An import without rules leaves the rules of its source")
    func rulesStay() throws {
        let christmas = try #require(MonthDay("12-25"))
        let rules = try HolidayList(entries: [HolidayEntry(.holiday(.yearly(christmas, christmas), part: nil))])
        let before = try Fixtures.berlinDefinition().importing(rules, from: "de").definition
        let dates = try Self.document(#"[{"date":"2026-04-03","type":"holiday"}]"#).list()
        let merge = try before.importing(dates, from: "de")
        #expect(merge.removed.isEmpty && merge.added.closures.count == 1)
        let boxing = try #require(MonthDay("12-26"))
        let others = try HolidayList(entries: [HolidayEntry(.holiday(.yearly(boxing, boxing), part: nil))])
        #expect(try merge.definition.importing(others, from: "de").removed.closures.map(\.days) == [.yearly(christmas, christmas)])
    }

    @Test("Lists of two years that both name a day do not undo each other")
    func daysOfTwoYears() throws {
        let lists = try [2025, 2026].map { try Self.document(#"{"year":\#($0),"days":[{"date":"2025-12-31","type":"holiday"}]}"#).list() }
        var definition = try Fixtures.berlinDefinition()
        for list in lists { definition = try definition.importing(list, from: "cn").definition }
        for list in lists {
            let merge = try definition.importing(list, from: "cn")
            #expect(merge.removed.isEmpty && merge.added.closures.isEmpty && merge.definition == definition)
        }
    }

    @Test("A long name is cut by scalars, also where it is one character")
    func longNames() {
        let days = HolidayEntry.Kind.workday(CivilDate(daysSince1970: 0), CivilDate(daysSince1970: 0))
        #expect(HolidayEntry(days, name: String(repeating: "春", count: 100)).name == String(repeating: "春", count: 66))
        let character = "e" + String(repeating: "\u{301}", count: 1_000)
        #expect(HolidayEntry(days, name: character).name?.unicodeScalars.count == 100)
        #expect(HolidayEntry(days, name: "Ostern").name == "Ostern")
    }

    @Test func theDefinitionKeepsItsSourcesInJSON() throws {
        let list = try Self.document(#"[{"date":"2026-05-09","type":"workday"},{"date":"2026-05-01","type":"holiday"}]"#).list()
        let definition = try Fixtures.berlinDefinition().importing(list, from: "de.holidays").definition
        try definition.validate()
        let text = try JSONEncoder().encode(definition)
        #expect(try JSONDecoder().decode(CalendarDefinition.self, from: text) == definition)
        var broken = definition
        broken.openingSources[try Fixtures.date("2026-01-01")] = HolidaySource("de")
        #expect(throws: CalendarDefinitionError.sourceWithoutOpening("/opening_sources/2026-01-01")) { try broken.validate() }
    }

    @Test(arguments: ["cn", "cn/2026", "a.b-c_d/1999"])
    func sourcesReadWhatTheyWrite(_ text: String) {
        #expect(HolidaySource(text)?.description == text)
    }

    @Test(arguments: ["", "a b", "cn/", "cn/20", "cn/2026/1", String(repeating: "x", count: 65)])
    func noSource(_ text: String) {
        #expect(HolidaySource(text) == nil)
    }

    /// Random lists in a random order of imports: what a source brought is what its last lists say, and every import twice is once.
    @Test func mergesAreIdempotentForRandomLists() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        let start = try Fixtures.date("2025-01-01").daysSince1970
        var definition = try Fixtures.berlinDefinition()
        let handMade = definition
        for _ in 0..<300 {
            var entries: [HolidayEntry] = []
            var used: Set<Int> = []
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let first = start + Int.random(in: 0..<730, using: &random)
                let last = first + Int.random(in: 0...3, using: &random)
                guard used.isDisjoint(with: first...last) else { continue }
                used.formUnion(first...last)
                let days = (CivilDate(daysSince1970: first), CivilDate(daysSince1970: last))
                entries.append(
                    Bool.random(using: &random) ? HolidayEntry(.holiday(.dates(days.0, days.1), part: nil)) : HolidayEntry(.workday(days.0, days.1))
                )
            }
            let list = try HolidayList(entries: entries)
            let source = ["a", "b"].randomElement(using: &random) ?? "a"
            let merge = try definition.importing(list, from: source)
            #expect(try !merge.definition.importing(list, from: source).isChange, "seed \(seed)")
            definition = merge.definition
            try definition.validate()
            #expect(definition.closures.filter { $0.source == nil } == handMade.closures, "seed \(seed)")
            #expect(definition.openings.filter { definition.openingSources[$0.key] == nil } == handMade.openings, "seed \(seed)")
            let brought = Set(
                definition.closures.filter { $0.source?.name == source }.compactMap { closure -> Int? in
                    if case .dates(let first, _) = closure.days, list.years.contains(first.year) { first.daysSince1970 } else { nil }
                }
            )
            #expect(brought.isSubset(of: used), "seed \(seed)")
        }
    }
}
