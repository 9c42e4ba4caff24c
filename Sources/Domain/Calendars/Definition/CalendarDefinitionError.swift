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

    public var description: String {
        switch self {
        case .invalidZoneName: "tz must be an IANA zone name of at most 64 characters"
        case .unknownZone(let error): "tz: \(error)"
        case .alwaysOpenWithWeeklyHours: "always_open and weekly exclude each other"
        case .invalidInterval(let pointer): "\(pointer): an interval needs 00:00 <= start < 24:00 and start < end <= start + 24 h"
        case .reversedDates(let pointer): "\(pointer): the range ends before it begins"
        case .tooMany(let pointer, let limit): "\(pointer): more than \(limit)"
        case .sourceWithoutOpening(let pointer): "\(pointer): there is no opening on that day"
        case .invalidYear(let pointer): "\(pointer): a year is between 1900 and 2299"
        case .neverOpen: "the calendar has no hours"
        case .noOpenTimeWithinTenYears: "the calendar has no open time within 10 years"
        case .versionsOutOfOrder: "the calendar's versions are not in order"
        }
    }
}
