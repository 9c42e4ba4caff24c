/// A month of the Gregorian calendar, written `YYYY-MM`.
public struct CivilMonth: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let year: Int
    public let month: Int

    /// - Returns: nil outside the years 1900 to 2299, for which times are computed.
    public init?(year: Int, month: Int) {
        guard (1_900...2_299).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]) else { return nil }
        self.init(year: year, month: month)
    }

    public var description: String { "\(padded(year, to: 4))-\(padded(month, to: 2))" }

    public static func < (left: CivilMonth, right: CivilMonth) -> Bool { (left.year, left.month) < (right.year, right.month) }

    /// From the first midnight of the month to that of the next, on the walls of a zone.
    public func span(in zone: TimeZoneRules) -> Range<Timestamp> {
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        return CivilMonth.start(year, month, zone)..<CivilMonth.start(next.0, next.1, zone)
    }

    private static func start(_ year: Int, _ month: Int, _ zone: TimeZoneRules) -> Timestamp {
        let days = CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
        return ReportPeriods.instant(ofDay: days, in: zone)
    }
}
