/// Why a calendar's definition is refused. The texts are JSON pointers into the definition.
public enum CalendarDefinitionError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidZoneName
    /// The zone is not in the time zone database, or its data cannot be read.
    case unknownZone(TimeZoneError)
    case alwaysOpenWithWeeklyHours
    /// Not 0 ≤ start < 24:00 and start < end ≤ start + 24 h.
    case invalidInterval(String)
    case reversedDates(String)
    case tooMany(String, Int)
    /// A source is told of a day that has no opening.
    case sourceWithoutOpening(String)
    case invalidYear(String)
    /// No hours at all.
    case neverOpen
    /// Hours exist, but none in the ten years after the calendar takes effect.
    case noOpenTimeWithinTenYears
    /// Versions must be in the order of their numbers and of the times they take effect, and there must be one.
    case versionsOutOfOrder

    /// Where in the definition the one entry is that is at fault; nil where none is.
    public var place: String? {
        switch self {
        case .invalidInterval(let pointer), .reversedDates(let pointer), .tooMany(let pointer, _), .sourceWithoutOpening(let pointer),
            .invalidYear(let pointer):
            pointer
        case .invalidZoneName, .unknownZone, .alwaysOpenWithWeeklyHours, .neverOpen, .noOpenTimeWithinTenYears, .versionsOutOfOrder: nil
        }
    }

    public var description: String { place.map { "\($0): \(reason)" } ?? reason }

    /// Without the place.
    public var reason: String {
        switch self {
        case .invalidZoneName: "tz must be an IANA zone name of at most 64 characters"
        case .unknownZone(let error): "tz: \(error)"
        case .alwaysOpenWithWeeklyHours: "always_open and weekly exclude each other"
        case .invalidInterval: "an interval needs 00:00 <= start < 24:00 and start < end <= start + 24 h"
        case .reversedDates: "the range ends before it begins"
        case .tooMany(_, let limit): "more than \(limit)"
        case .sourceWithoutOpening: "there is no opening on that day"
        case .invalidYear: "a year is between 1900 and 2299"
        case .neverOpen: "the calendar has no hours"
        case .noOpenTimeWithinTenYears: "the calendar has no open time within 10 years"
        case .versionsOutOfOrder: "the calendar's versions are not in order"
        }
    }
}
