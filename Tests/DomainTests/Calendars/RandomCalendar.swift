import Domain

/// A random calendar: split shifts, windows over midnight, partial closures, yearly ranges over New Year, make-up days. All of it follows from the seed.
struct RandomCalendar {
    static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Shanghai", "America/Havana", "Africa/Casablanca",
        "Pacific/Apia", "UTC",
    ]

    let definition: CalendarDefinition

    /// - Parameter days: days since 1970 near which closures and openings lie.
    init(around days: Range<Int>, using random: inout SplitMix) {
        func window() -> WallInterval {
            let start = Int.random(in: 0..<96, using: &random) * 900
            return WallInterval(start: start, end: start + Int.random(in: 1...96, using: &random) * 900)
        }
        let zone = RandomCalendar.zones.randomElement(using: &random) ?? "UTC"
        let isAlwaysOpen = Int.random(in: 0..<10, using: &random) == 0
        var weekly: [Weekday: [WallInterval]] = [:]
        for weekday in Weekday.allCases where Int.random(in: 0..<4, using: &random) > 0 {
            weekly[weekday] = (0..<Int.random(in: 1...3, using: &random)).map { _ in window() }
        }
        // There is open time in every week, whatever else is drawn.
        weekly[.wednesday] = [WallInterval(start: 36_000, end: 72_000)]
        var closures: [CalendarClosure] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let first = Int.random(in: days, using: &random)
            let last = CivilDate(daysSince1970: first + Int.random(in: 0...3, using: &random))
            let part = Bool.random(using: &random) ? WallInterval(start: 43_200, end: Int.random(in: 44...96, using: &random) * 1_000 - 600) : nil
            closures.append(CalendarClosure(.dates(CivilDate(daysSince1970: first), last), part: part?.end ?? 0 > 86_400 ? nil : part))
        }
        if Bool.random(using: &random), let from = MonthDay(month: 12, day: 24), let to = MonthDay(month: 1, day: 2) {
            closures.append(CalendarClosure(.yearly(from, to)))
        }
        var openings: [CivilDate: [WallInterval]] = [:]
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            openings[CivilDate(daysSince1970: Int.random(in: days, using: &random))] = Bool.random(using: &random) ? [window(), window()] : []
        }
        definition = CalendarDefinition(
            zone: zone,
            weekly: isAlwaysOpen ? [:] : weekly,
            closures: closures,
            openings: openings,
            alwaysOpen: isAlwaysOpen
        )
    }
}
