/// A day that comes back every year, written `MM-DD`; 29 February exists in leap years only.
public struct MonthDay: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let month: Int
    public let day: Int

    /// A day of some year, or nil where no year has it.
    public init?(month: Int, day: Int) {
        // 2000 was a leap year, so 29 February passes.
        guard CivilDate(year: 2_000, month: month, day: day) != nil else { return nil }
        self.month = month
        self.day = day
    }

    /// Reads `MM-DD`, or `YYYY-MM-DD` whose year is then ignored.
    public init?(_ text: String) {
        if let date = CivilDate(text) {
            self.init(month: date.month, day: date.day)
            return
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: "-"), let month = decimal(bytes[0..<2]), let day = decimal(bytes[3..<5]) else { return nil }
        self.init(month: month, day: day)
    }

    public var description: String { "\(padded(month, to: 2))-\(padded(day, to: 2))" }

    public static func < (left: MonthDay, right: MonthDay) -> Bool {
        (left.month, left.day) < (right.month, right.day)
    }

    /// This day in a year; nil for 29 February of a common year.
    func date(in year: Int) -> CivilDate? {
        CivilDate(year: year, month: month, day: day)
    }
}
