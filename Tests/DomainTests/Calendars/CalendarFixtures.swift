import Domain
import Testing

/// The calendars of sla.md's examples, and times written as wall clocks show them.
enum Fixtures {
    static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

    static func hours(_ windows: String..., on days: [Weekday] = workdays) throws -> [Weekday: [WallInterval]] {
        let intervals = try windows.map { try interval($0) }
        return Dictionary(uniqueKeysWithValues: days.map { ($0, intervals) })
    }

    /// `"09:00-17:00"`.
    static func interval(_ text: String) throws -> WallInterval {
        let parts = text.split(separator: "-").map { $0.split(separator: ":").compactMap { Int($0) } }
        try #require(parts.count == 2 && parts.allSatisfy { $0.count == 2 })
        return WallInterval(start: parts[0][0] * 3_600 + parts[0][1] * 60, end: parts[1][0] * 3_600 + parts[1][1] * 60)
    }

    static func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    static func closed(_ first: String, _ last: String? = nil, part: String? = nil) throws -> CalendarClosure {
        CalendarClosure(.dates(try date(first), try date(last ?? first)), part: try part.map { try interval($0) })
    }

    /// Mon–Fri 09–17; 1 May, 25 and 26 Dec closed; 24 Dec closed from 12:00; Sat 30 Nov 2024 open 10–14.
    static func berlinDefinition() throws -> CalendarDefinition {
        CalendarDefinition(
            zone: "Europe/Berlin",
            weekly: try hours("09:00-17:00"),
            closures: [
                try closed("2024-05-01"), try closed("2024-12-25", "2024-12-26"), try closed("2024-12-24", part: "12:00-24:00"),
            ],
            openings: [try date("2024-11-30"): [try interval("10:00-14:00")]]
        )
    }

    static func berlin() throws -> BusinessCalendar { try BusinessCalendar(berlinDefinition(), zones: ZoneFiles()) }

    /// 09:00–12:00 and 13:30–18:00 with the State Council's lists of 2025 and 2026, imported as they are published.
    static func shanghai() throws -> BusinessCalendar {
        var definition = CalendarDefinition(zone: "Asia/Shanghai", weekly: try hours("09:00-12:00", "13:30-18:00"))
        for list in [try officialDays2025(), try officialDays2026()] {
            definition = try definition.importing(list, from: "cn-state-council").definition
        }
        return try BusinessCalendar(definition, zones: ZoneFiles())
    }

    static func officialDays2025() throws -> HolidayList {
        try officialDays(
            2025,
            [
                ("元旦", "2025-01-01", "2025-01-01"), ("春节", "2025-01-28", "2025-02-04"), ("清明节", "2025-04-04", "2025-04-06"),
                ("劳动节", "2025-05-01", "2025-05-05"), ("端午节", "2025-05-31", "2025-06-02"), ("国庆节、中秋节", "2025-10-01", "2025-10-08"),
            ],
            working: ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]
        )
    }

    static func officialDays2026() throws -> HolidayList {
        try officialDays(
            2026,
            [
                ("元旦", "2026-01-01", "2026-01-03"), ("春节", "2026-02-15", "2026-02-23"), ("清明节", "2026-04-04", "2026-04-06"),
                ("劳动节", "2026-05-01", "2026-05-05"), ("端午节", "2026-06-19", "2026-06-21"), ("中秋节", "2026-09-25", "2026-09-27"),
                ("国庆节", "2026-10-01", "2026-10-07"),
            ],
            working: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
        )
    }

    private static func officialDays(_ year: Int, _ holidays: [(String, String, String)], working: [String]) throws -> HolidayList {
        let closed = holidays.map { name, first, last in
            var day = HolidayDay(name: name, type: "holiday")
            (day.from, day.to) = (first, last)
            return day
        }
        return try HolidayDocument(year: year, days: closed + working.map { HolidayDay(date: $0, type: "workday") }).list()
    }

    /// An instant from wall time `YYYY-MM-DD HH:MM` in a zone.
    static func at(_ text: String, _ zone: String = "Europe/Berlin") throws -> Timestamp {
        let parts = text.split(separator: " ")
        try #require(parts.count == 2)
        let clock = parts[1].split(separator: ":").compactMap { Int64($0) }
        try #require(clock.count >= 2)
        let local = Int64(try date(String(parts[0])).daysSince1970) * 86_400 + clock[0] * 3_600 + clock[1] * 60 + (clock.count > 2 ? clock[2] : 0)
        return try #require(Timestamp(seconds: try ZoneFiles().zone(named: zone).instant(ofLocal: local)))
    }

    static func utc(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
}

let hour: Int64 = 3_600_000_000
let minute: Int64 = 60_000_000
