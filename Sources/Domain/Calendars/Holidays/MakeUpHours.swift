/// The hours that a make-up workday gets.
public enum MakeUpHours: Hashable, Sendable {
    /// Those of a weekday in the calendar's weekly hours.
    case weekday(Weekday)
    case intervals([WallInterval])

    /// Monday's: a list of holidays says that a Saturday is worked, not from when to when.
    public static let standard = MakeUpHours.weekday(.monday)

    /// Of as many windows as a day may have, with seconds.
    public static let maximumTextLength = CalendarDefinition.maximumWindowsPerDay * "09:00:00-12:00:00,".utf8.count - 1

    /// Reads a weekday (`mon`) or windows (`09:00-12:00,13:30-18:00`).
    public init?(_ text: String) {
        if let day = Weekday(rawValue: text) {
            self = .weekday(day)
            return
        }
        var windows: [WallInterval] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count == 2, let start = WallInterval.seconds(String(ends[0])), let end = WallInterval.seconds(String(ends[1])) else {
                return nil
            }
            windows.append(WallInterval(start: start, end: end))
        }
        guard windows.count <= CalendarDefinition.maximumWindowsPerDay, windows.allSatisfy(\.isValid) else { return nil }
        self = .intervals(windows)
    }

    /// The windows in a calendar; nil where the weekday has none.
    func windows(in definition: CalendarDefinition) -> [WallInterval]? {
        switch self {
        case .intervals(let windows): return windows
        case .weekday(let day):
            if definition.alwaysOpen { return [.wholeDay] }
            guard let windows = definition.weekly[day], !windows.isEmpty else { return nil }
            return windows
        }
    }
}
