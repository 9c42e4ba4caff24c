/// Why a calendar cannot answer a question.
public enum CalendarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An instant, or the answer, lies outside the years 1900 to 2299 for which calendars are compiled.
    case timeOutOfRange
    /// The calendar stays closed for ten years on the way to the answer.
    case noOpenTimeWithinTenYears
    /// The calendar stays open for ten years.
    case noClosingTimeWithinTenYears

    public var description: String {
        switch self {
        case .timeOutOfRange: "the time lies outside the years 1900 to 2299"
        case .noOpenTimeWithinTenYears: "no open time within 10 years"
        case .noClosingTimeWithinTenYears: "no closing time within 10 years"
        }
    }
}
