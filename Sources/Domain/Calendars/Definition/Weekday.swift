/// A day of the week; the raw value is its key in a calendar's JSON (`"weekly": {"mon": …}`).
public enum Weekday: String, CaseIterable, Hashable, Sendable, Codable, CodingKeyRepresentable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// The weekday of the day that lies `days` after Thursday 1970-01-01.
    init(daysSince1970 days: Int) {
        let index = ((days + 3) % 7 + 7) % 7
        self = Weekday.allCases[index]
    }
}
