/// The years for which calendars are compiled, and their bounds in UTC: from 1900 to 2299.
public enum CalendarYears {
    static let first = 1900
    static let last = 2299
    static let microsecondsPerDay: Int64 = 86_400_000_000
    /// Ten years of 366 days: the longest closed time on the way to an answer.
    static let tenYears: Int64 = 3_660 * microsecondsPerDay

    /// Every time that calendars and clocks can reckon with.
    public static let range = start(of: first)..<start(of: last + 1)

    /// 1 January 00:00 UTC of a year between 1 and 9999.
    static func start(of year: Int) -> Timestamp {
        let days = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
        return Timestamp(microseconds: Int64(days) * microsecondsPerDay)
    }

    static func year(of time: Timestamp) -> Int {
        CivilDate(daysSince1970: Int(time.microseconds.flooredQuotient(microsecondsPerDay))).year
    }
}
