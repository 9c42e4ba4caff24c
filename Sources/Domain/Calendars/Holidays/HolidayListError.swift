/// Why a list of holidays is refused: where, and in words.
public struct HolidayListError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON pointer (`/days/3/date`), or `line 12` of an iCalendar file; empty for the list as a whole.
    public let place: String
    public let reason: String

    public init(_ place: String, _ reason: String) {
        self.place = place
        self.reason = reason
    }

    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
