/// One entry of an imported list of holidays.
public struct HolidayEntry: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Closed days, or the same part of each of them.
        case holiday(CalendarClosure.Days, part: WallInterval?)
        /// Days that are worked although the weekly hours may say otherwise (make-up workdays, 调休); both ends included.
        case workday(CivilDate, CivilDate)
    }

    public let kind: Kind
    /// At most 200 bytes: a longer one of a feed is cut.
    public let name: String?
    /// Whether a rule with an end was spelt out to it. Nobody has published the holidays of the years that it reaches.
    public let isRepeated: Bool

    public init(_ kind: Kind, name: String? = nil, isRepeated: Bool = false) {
        self.kind = kind
        self.name = name.flatMap { $0.isEmpty ? nil : HolidayEntry.cut($0) }
        self.isRepeated = isRepeated
    }

    /// The year of the first day; nil for what comes from a rule.
    var year: Int? {
        if isRepeated { return nil }
        return switch kind {
        case .holiday(.dates(let first, _), _), .workday(let first, _): first.year
        case .holiday(.yearly, _): nil
        }
    }

    private static func cut(_ text: String) -> String {
        // By scalars, from the front: what a feed calls one character may be as long as the feed.
        var (cut, bytes) = (String.UnicodeScalarView(), 0)
        for scalar in text.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= 200 else { break }
            cut.append(scalar)
        }
        return String(cut)
    }
}
