import Domain
import Testing

@Suite struct CalendarRulesTests {
    @Test func questionsInsideAndOutsideHours() throws {
        let calendar = try Fixtures.berlin()
        let inside = try Fixtures.at("2024-03-04 16:00")
        let end = try Fixtures.at("2024-03-04 17:00")
        let next = try Fixtures.at("2024-03-05 09:00")
        #expect(try calendar.isOpen(inside) && !calendar.isOpen(end) && calendar.isOpen(next))
        #expect(try calendar.nextOpen(inside) == inside && calendar.nextOpen(end) == next)
        #expect(try calendar.nextClose(inside) == end && calendar.nextClose(end) == end)
        #expect(try calendar.add(0, to: end) == end && calendar.addOpen(0, to: end) == next)
        #expect(try calendar.sub(8 * hour, from: next) == Fixtures.at("2024-03-04 09:00"))
        #expect(try calendar.sub(hour, from: Fixtures.at("2024-03-04 09:30")) == Fixtures.at("2024-03-01 16:30"))
        #expect(try calendar.add(-hour, to: end) == inside && calendar.sub(-hour, from: inside) == end)
    }

    @Test func everyAmountAndTimeIsAnAnswerOrAnError() throws {
        let calendars = [try Fixtures.berlin(), try BusinessCalendar(CalendarDefinition(zone: "UTC", alwaysOpen: true), zones: ZoneFiles())]
        let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
        for calendar in calendars {
            for time in extremes.map(Timestamp.init(microseconds:)) {
                for amount in extremes {
                    _ = try? calendar.add(amount, to: time)
                    _ = try? calendar.addOpen(amount, to: time)
                    _ = try? calendar.sub(amount, from: time)
                    _ = try? calendar.elapsed(from: time, to: Timestamp(microseconds: amount))
                }
                _ = try? calendar.nextOpen(time)
                _ = try? calendar.nextClose(time)
            }
            #expect(throws: CalendarError.timeOutOfRange) { try calendar.add(.max, to: Timestamp(microseconds: 0)) }
            #expect(throws: CalendarError.timeOutOfRange) { try calendar.isOpen(Timestamp(microseconds: .max)) }
        }
        #expect(throws: CalendarError.noClosingTimeWithinTenYears) { try calendars[1].nextClose(Timestamp(microseconds: 0)) }
    }

    @Test func answersDoNotDependOnEarlierQuestions() throws {
        // Open in 2000 and in 2020 only: whether the years between are compiled already must not matter.
        let openings = [
            try Fixtures.date("2000-06-01"): [WallInterval(start: 0, end: 3_600)],
            try Fixtures.date("2020-06-01"): [WallInterval(start: 0, end: 3_600)],
        ]
        let definition = CalendarDefinition(zone: "UTC", openings: openings)
        let fresh = try BusinessCalendar(definition, zone: .utc)
        let used = try BusinessCalendar(definition, zone: .utc)
        let (early, late) = (try Fixtures.utc("2000-01-01T00:00:00Z"), try Fixtures.utc("2021-01-01T00:00:00Z"))
        #expect(try used.elapsed(from: early, to: late) == 2 * hour)
        for calendar in [fresh, used] {
            #expect(try calendar.add(hour, to: early) == Fixtures.utc("2000-06-01T01:00:00Z"))
            #expect(throws: CalendarError.noOpenTimeWithinTenYears) { try calendar.add(hour + 1, to: early) }
            #expect(throws: CalendarError.noOpenTimeWithinTenYears) { try calendar.addOpen(hour, to: early) }
            #expect(throws: CalendarError.noOpenTimeWithinTenYears) { try calendar.sub(hour + 1, from: late) }
            #expect(try calendar.sub(hour, from: late) == Fixtures.utc("2020-06-01T00:00:00Z"))
        }
    }

    @Test func yearlyClosuresCrossNewYearAndRespectLeapDays() throws {
        let definition = CalendarDefinition(
            zone: "UTC",
            closures: [
                CalendarClosure(.yearly(try #require(MonthDay("12-24")), try #require(MonthDay("01-02")))),
                CalendarClosure(.yearly(try #require(MonthDay("02-29")), try #require(MonthDay("02-29")))),
            ],
            alwaysOpen: true
        )
        let calendar = try BusinessCalendar(definition, zone: .utc)
        #expect(try calendar.nextOpen(Fixtures.utc("2031-12-24T00:00:00Z")) == Fixtures.utc("2032-01-03T00:00:00Z"))
        #expect(try calendar.isOpen(Fixtures.utc("2024-02-29T12:00:00Z")) == false)
        #expect(try calendar.isOpen(Fixtures.utc("2023-02-28T12:00:00Z")) && calendar.isOpen(Fixtures.utc("2023-03-01T12:00:00Z")))
        #expect(!calendar.isUnpublished(at: try Fixtures.utc("2031-12-24T00:00:00Z")))
    }

    @Test func openingReplacesTheDayAndAnEmptyOneClosesIt() throws {
        var definition = try Fixtures.berlinDefinition()
        definition.openings[try Fixtures.date("2024-05-01")] = [try Fixtures.interval("11:00-12:00")]
        definition.openings[try Fixtures.date("2024-05-02")] = []
        let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
        #expect(try calendar.elapsed(from: Fixtures.at("2024-05-01 00:00"), to: Fixtures.at("2024-05-03 00:00")) == hour)
    }

    @Test func unpublishedYears() throws {
        let calendar = try Fixtures.berlin()
        #expect(!calendar.isUnpublished(at: try Fixtures.at("2024-06-01 00:00")))
        #expect(calendar.isUnpublished(at: try Fixtures.at("2025-06-01 00:00")))
        // The year is that of the calendar's walls: New Year's midnight in Berlin is still December in UTC.
        #expect(calendar.isUnpublished(at: try Fixtures.at("2025-01-01 00:00")))
        #expect(!calendar.isUnpublished(at: try Fixtures.at("2024-12-31 23:59")))
    }

    @Test func versionsMeasureTheirOwnTime() throws {
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        let change = try Fixtures.at("2024-03-05 12:00")
        let shorter = CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("10:00-14:00"))
        let calendar = try BusinessCalendar(versions: [
            CalendarVersion(number: 1, effectiveFrom: nil, definition: try Fixtures.berlinDefinition(), zone: zone),
            CalendarVersion(number: 2, effectiveFrom: change, definition: shorter, zone: zone),
        ])
        // Monday 8 h and Tuesday 3 h by the old version, then 2 h and 4 h by the new one.
        #expect(try calendar.elapsed(from: Fixtures.at("2024-03-04 00:00"), to: Fixtures.at("2024-03-07 00:00")) == 17 * hour)
        #expect(try calendar.nextClose(Fixtures.at("2024-03-05 09:00")) == Fixtures.at("2024-03-05 14:00"))
        #expect(calendar.version == 2)
        #expect(throws: CalendarDefinitionError.versionsOutOfOrder) {
            try BusinessCalendar(versions: [
                CalendarVersion(number: 2, effectiveFrom: nil, definition: shorter, zone: zone),
                CalendarVersion(number: 1, effectiveFrom: change, definition: shorter, zone: zone),
            ])
        }
    }

    @Test("What is published later holds from its time on; what was scheduled for later is published again after it (decision 0026)")
    func scheduledVersions() throws {
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        func version(_ number: Int, from: String?, _ hours: String, closed day: String? = nil) throws -> CalendarVersion {
            var definition = CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours(hours))
            if let day { definition.closures = [try Fixtures.closed(day, day)] }
            return CalendarVersion(number: number, effectiveFrom: try from.map { try Fixtures.at($0) }, definition: definition, zone: zone)
        }
        let versions = [
            try version(1, from: nil, "09:00-17:00"), try version(2, from: "2024-03-11 00:00", "09:00-10:00"),
            try version(3, from: "2024-03-05 00:00", "09:00-13:00", closed: "2024-03-06"), try version(4, from: "2024-03-11 00:00", "09:00-10:00"),
        ]
        let lineage = try BusinessCalendar.lineage(of: versions)
        let (first, last) = (try Fixtures.at("2024-03-04 00:00"), try Fixtures.at("2024-03-16 00:00"))
        // Monday to Friday, then again.
        var open: [Int64] = []
        for calendar in lineage { open.append(try calendar.elapsed(from: first, to: last) / hour) }
        // The third version alone would go on with its four hours.
        let expected: [Int64] = [80, 45, 40, 25]
        #expect(open == expected)
        #expect(lineage[3].version == 4)
        #expect(lineage[3].specialDays(from: first, to: last, limit: 9).count == 1)
        #expect(lineage[1].specialDays(from: first, to: last, limit: 9).isEmpty)
        // Where each counts alone, so does the whole.
        let change = try Fixtures.at("2024-03-05 00:00")
        for calendar in lineage {
            let monday: Int64 = try calendar.elapsed(from: first, to: change)
            #expect(monday == 8 * hour)
        }
    }

    @Test("A closed day that only a night shift reaches into is told")
    func nightsAreCut() throws {
        var definition = CalendarDefinition(zone: "UTC", weekly: try Fixtures.hours("22:00-30:00"))
        // A Saturday, into which Friday's night reaches, and a Sunday.
        definition.closures = [try Fixtures.closed("2024-03-09"), try Fixtures.closed("2024-03-17")]
        let calendar = try BusinessCalendar(definition, zone: .utc)
        let days = calendar.specialDays(from: try Fixtures.utc("2024-03-08T00:00:00Z"), to: try Fixtures.utc("2024-03-20T00:00:00Z"), limit: 9)
        #expect(try days == [CalendarSpecialDay(.closed, from: Fixtures.date("2024-03-09"), to: Fixtures.date("2024-03-09"))])
    }

    @Test("A lineage of versions is each version's calendar, and ten thousand of them are made at once", .timeLimit(.minutes(1)))
    func lineages() throws {
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        let start = try Fixtures.at("2024-03-04 00:00")
        let definitions = [try Fixtures.berlinDefinition(), CalendarDefinition(zone: "Europe/Berlin", weekly: try Fixtures.hours("10:00-14:00"))]
        var versions: [CalendarVersion] = []
        for number in 1...10_000 {
            let from: Timestamp = start.adding(microseconds: Int64(number) * hour)
            let definition = definitions[number % 2]
            versions.append(CalendarVersion(number: number, effectiveFrom: number == 1 ? nil : from, definition: definition, zone: zone))
        }
        let calendars = try BusinessCalendar.lineage(of: versions)
        #expect(calendars.count == 10_000 && calendars.last?.version == 10_000)
        let end = try Fixtures.at("2024-04-01 00:00")
        for count in [1, 2, 30, 200] {
            let alone = try BusinessCalendar(versions: Array(versions.prefix(count)))
            let shared: Int64 = try calendars[count - 1].elapsed(from: start, to: end)
            let own: Int64 = try alone.elapsed(from: start, to: end)
            #expect(shared == own)
        }
        let wrong: [CalendarVersion] = Array(versions.prefix(2).reversed())
        #expect(throws: CalendarDefinitionError.versionsOutOfOrder) { try BusinessCalendar.lineage(of: wrong) }
    }

    @Test func aCalendarThatNeverOpensIsRefused() throws {
        let start = try Fixtures.at("2024-01-01 00:00")
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        var definition = try Fixtures.berlinDefinition()
        definition.closures = [try Fixtures.closed("2024-01-01", "2035-01-01")]
        definition.openings = [:]
        #expect(throws: CalendarDefinitionError.noOpenTimeWithinTenYears) {
            try BusinessCalendar(versions: [CalendarVersion(number: 1, effectiveFrom: start, definition: definition, zone: zone)])
        }
        #expect(throws: CalendarDefinitionError.neverOpen) { try CalendarDefinition(zone: "UTC").validate() }
    }

    struct Invalid: Sendable {
        let start: Int
        let end: Int
    }

    @Test(arguments: [
        Invalid(start: 3_600, end: 3_600), .init(start: 7_200, end: 3_600), .init(start: -1, end: 10), .init(start: 86_400, end: 90_000),
        .init(start: 10, end: 86_411),
    ])
    func invalidIntervals(_ bad: Invalid) {
        let definition = CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: bad.start, end: bad.end)]])
        #expect(throws: CalendarDefinitionError.invalidInterval("/weekly/mon/0")) { try definition.validate() }
    }

    @Test func otherInvalidDefinitions() throws {
        let whole = WallInterval(start: 0, end: 86_400)
        #expect(throws: CalendarDefinitionError.alwaysOpenWithWeeklyHours) {
            try CalendarDefinition(zone: "UTC", weekly: [.monday: [whole]], alwaysOpen: true).validate()
        }
        #expect(throws: CalendarDefinitionError.reversedDates("/closures/0")) {
            try CalendarDefinition(zone: "UTC", closures: [Fixtures.closed("2024-05-02", "2024-05-01")], alwaysOpen: true).validate()
        }
        // Each day of them is an interval of its own.
        #expect(throws: CalendarDefinitionError.tooMany("/closures", 10_000)) {
            try CalendarDefinition(zone: "UTC", closures: [Fixtures.closed("0001-01-01", "9999-12-31", part: "12:00-13:00")], alwaysOpen: true)
                .validate()
        }
        #expect(throws: CalendarDefinitionError.invalidInterval("/closures/0")) {
            try CalendarDefinition(zone: "UTC", closures: [Fixtures.closed("2024-05-02", part: "22:00-26:00")], alwaysOpen: true).validate()
        }
        #expect(throws: CalendarDefinitionError.unknownZone(.unknown("Mars/Olympus"))) {
            try BusinessCalendar(CalendarDefinition(zone: "Mars/Olympus", alwaysOpen: true), zones: ZoneFiles())
        }
    }

    @Test func tenThousandHoursCostWhatTenMinutesCost() throws {
        let calendar = try Fixtures.berlin()
        let start = try Fixtures.at("2024-03-04 09:00")
        let clock = ContinuousClock()
        func measure(_ amount: Int64) throws -> Duration {
            _ = try calendar.add(amount, to: start)
            return try clock.measure {
                for step in 0..<20_000 {
                    _ = try calendar.add(amount + Int64(step), to: start)
                }
            }
        }
        _ = try measure(10_000 * hour)
        let (short, long) = (try measure(10 * minute), try measure(10_000 * hour))
        // Both are two binary searches; a walk over the 1,250 days between would cost hundreds of times more.
        #expect(long < short * 10, "10 minutes: \(short), 10,000 hours: \(long)")
    }
}
