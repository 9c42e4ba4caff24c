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

    public init(_ kind: Kind, name: String? = nil) {
        self.kind = kind
        self.name = name.flatMap { $0.isEmpty ? nil : HolidayEntry.cut($0) }
    }

    /// The year of the first day; nil for a yearly rule.
    var year: Int? {
        switch kind {
        case .holiday(.dates(let first, _), _), .workday(let first, _): first.year
        case .holiday(.yearly, _): nil
        }
    }

    private static func cut(_ text: String) -> String {
        var cut = text
        while cut.utf8.count > 200 { cut.removeLast() }
        return cut
    }
}
