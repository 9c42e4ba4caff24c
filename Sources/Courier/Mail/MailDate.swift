import Domain

/// Dates of RFC 5322 3.3, in UTC: `Sat, 21 Nov 2026 10:00:00 +0000`.
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ time: Timestamp) -> String {
        let (rawSeconds, fraction) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let seconds = Int(fraction < 0 ? rawSeconds - 1 : rawSeconds)
        let dayCount = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = seconds - dayCount * 86_400
        let date = CivilDate(daysSince1970: dayCount)
        // Day 0 was a Thursday.
        let weekday = days[((dayCount % 7) + 7) % 7]
        let time = [second / 3_600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(weekday), \(date.day) \(months[date.month - 1]) \(date.year) \(time) +0000"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
