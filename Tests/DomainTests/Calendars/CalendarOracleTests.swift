import Domain
import Testing

/// Compares calendars with a walk over minutes that knows nothing of intervals, merging or prefix sums.
@Suite struct CalendarOracleTests {
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Shanghai", "America/Havana", "UTC",
    ]

    @Test(arguments: 0..<24)
    func agreesWithTheMinuteWalk(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) &+ 1)
        let zoneName = CalendarOracleTests.zones[seed % CalendarOracleTests.zones.count]
        let zone = try ZoneFiles().zone(named: zoneName)
        let year = [2014, 2015, 2024].randomElement(using: &random) ?? 2024
        let firstDay = try #require(CivilDate(year: year, month: [3, 10].randomElement(using: &random) ?? 3, day: 1)).daysSince1970
        let definition = try CalendarOracleTests.definition(zone: zoneName, around: firstDay, using: &random)
        let calendar = try BusinessCalendar(definition, zone: zone)

        // Forty days from a UTC midnight; the hours before it are there for windows that began the day before.
        let start = Int64(firstDay + 2) * 86_400
        let walk = MinuteWalk(definition: definition, zone: zone, days: firstDay - 1...firstDay + 45, start: start, minutes: 40 * 1_440)
        for _ in 0..<400 {
            let (a, b) = (Int.random(in: 0...walk.minutes, using: &random), Int.random(in: 0...walk.minutes, using: &random))
            let comment: Comment = "seed \(seed), \(zoneName), minutes \(a) and \(b)"
            #expect(try calendar.elapsed(from: walk.time(a), to: walk.time(b)) == Int64(walk.open[b] - walk.open[a]) * minute, comment)
            if a < walk.minutes { #expect(try calendar.isOpen(walk.time(a)) == walk.isOpen(a), comment) }
            let amount = Int.random(in: 1...600, using: &random)
            if let due = walk.left(a, amount) { #expect(try calendar.add(Int64(amount) * minute, to: walk.time(a)) == walk.time(due), comment) }
            if let breach = walk.right(a, amount) {
                #expect(try calendar.addOpen(Int64(amount) * minute, to: walk.time(a)) == walk.time(breach), comment)
            }
            if let from = walk.back(a, amount) { #expect(try calendar.sub(Int64(amount) * minute, from: walk.time(a)) == walk.time(from), comment) }
            if let next = walk.nextOpen(a) { #expect(try calendar.nextOpen(walk.time(a)) == walk.time(next), comment) }
            if let next = walk.nextClosed(a) { #expect(try calendar.nextClose(walk.time(a)) == walk.time(next), comment) }
        }
    }

    private static func definition(zone: String, around day: Int, using random: inout SplitMix) throws -> CalendarDefinition {
        func window(_ random: inout SplitMix) -> WallInterval {
            let start = Int.random(in: 0..<96, using: &random) * 900
            return WallInterval(start: start, end: start + Int.random(in: 1...96, using: &random) * 900)
        }
        var weekly: [Weekday: [WallInterval]] = [:]
        for weekday in Weekday.allCases where Int.random(in: 0..<4, using: &random) > 0 {
            weekly[weekday] = (0..<Int.random(in: 1...3, using: &random)).map { _ in window(&random) }
        }
        weekly[.wednesday] = [WallInterval(start: 36_000, end: 72_000)]
        var closures: [CalendarClosure] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let first = day + Int.random(in: 0...42, using: &random)
            let dates = (CivilDate(daysSince1970: first), CivilDate(daysSince1970: first + Int.random(in: 0...2, using: &random)))
            let isPart = Bool.random(using: &random)
            closures.append(CalendarClosure(.dates(dates.0, dates.1), part: isPart ? WallInterval(start: 43_200, end: 86_400) : nil))
        }
        var openings: [CivilDate: [WallInterval]] = [:]
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            openings[CivilDate(daysSince1970: day + Int.random(in: 0...42, using: &random))] = [window(&random)]
        }
        return CalendarDefinition(zone: zone, weekly: weekly, closures: closures, openings: openings)
    }
}
