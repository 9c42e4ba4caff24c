import Domain

/// Reads HTTP dates in the three forms that a recipient must take (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, which is the one to send, and the
/// obsolete `Sunday, 06-Nov-94 08:49:37 GMT` (RFC 850) and `Sun Nov  6 08:49:37 1994` (asctime). All are in GMT.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// - Parameter now: says which century is meant where a year has two digits.
    static func parse(_ text: some StringProtocol, now: Timestamp) -> Timestamp? {
        let parts = String(text).split(separator: " ", omittingEmptySubsequences: false)
        switch parts.count {
        case 6 where parts[0].hasSuffix(","): return preferred(parts)
        case 4: return long(parts, now: now)
        default: return asctime(parts)
        }
    }

    private static func preferred(_ parts: [Substring]) -> Timestamp? {
        guard parts[0].utf8.count == 4, parts[5] == "GMT" else { return nil }
        return time(year: number(parts[3], digits: 4), month: parts[2], day: number(parts[1], digits: 2), clock: parts[4])
    }

    /// A year that seems to lie more than 50 years ahead is the latest one of these digits that is past.
    private static func long(_ parts: [Substring], now: Timestamp) -> Timestamp? {
        let date = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard parts[0].hasSuffix(","), longDays.contains(String(parts[0].dropLast())), parts[3] == "GMT", date.count == 3,
            let digits = number(date[2], digits: 2)
        else { return nil }
        let present = CivilDate(daysSince1970: Int(now.microseconds / 86_400_000_000)).year
        let year = present - present % 100 + digits
        // The latest of three centuries that is not too far ahead.
        for candidate in [year + 100, year, year - 100] where candidate <= present + 50 {
            // In this year there may be no such day.
            guard let time = time(year: candidate, month: date[1], day: number(date[0], digits: 2), clock: parts[2]) else { return nil }
            if time.microseconds(since: now) <= fiftyYears { return time }
        }
        return nil
    }

    /// With thirteen leap days, the most that there are.
    private static let fiftyYears: Int64 = (50 * 365 + 13) * 86_400_000_000

    /// The day has two digits, or a blank and one.
    private static func asctime(_ parts: [Substring]) -> Timestamp? {
        var parts = parts
        if parts.count == 6, parts[2].isEmpty, parts[3].utf8.count == 1 {
            parts.remove(at: 2)
            parts[2] = Substring("0" + parts[2])
        }
        guard parts.count == 5, days.contains(String(parts[0])) else { return nil }
        return time(year: number(parts[4], digits: 4), month: parts[1], day: number(parts[2], digits: 2), clock: parts[3])
    }

    private static func time(year: Int?, month: Substring, day: Int?, clock: Substring) -> Timestamp? {
        guard let year, let day, let month = months.firstIndex(of: String(month)), let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let time = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3, let hour = number(time[0], digits: 2), hour < 24, let minute = number(time[1], digits: 2), minute < 60,
            let second = number(time[2], digits: 2), second <= 60
        else { return nil }
        return Timestamp(seconds: Int64(date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second))
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text)
    }
}
