/// The periods into which a report divides its time: days, weeks or months by the walls of one zone. Half-open; the first and the last may be cut.
public struct ReportPeriods: Hashable, Sendable {
    public enum Unit: String, CaseIterable, Hashable, Sendable, Codable {
        case day
        /// From Monday on (ISO 8601).
        case week
        case month
    }

    /// Most periods of a report.
    public static let maximumCount = 400

    /// Where each period begins: the first at the report's beginning, the others where a day, week or month begins.
    public let starts: [Timestamp]

    /// - Parameters:
    ///   - span: the report's time, within the years 1900 to 2299.
    ///   - unit: nil for one period.
    /// - Returns: nil where there are more than ``maximumCount``, or the time lies outside.
    public init?(_ span: Range<Timestamp>, by unit: Unit?, in zone: TimeZoneRules) {
        guard CalendarYears.range.contains(span.lowerBound), span.upperBound <= CalendarYears.range.upperBound else { return nil }
        var starts = [span.lowerBound]
        if let unit {
            var day = ReportPeriods.next(unit, after: ReportPeriods.day(of: span.lowerBound, in: zone))
            while true {
                let start = ReportPeriods.instant(ofDay: day, in: zone)
                guard start < span.upperBound else { break }
                guard starts.count < ReportPeriods.maximumCount else { return nil }
                if start > span.lowerBound { starts.append(start) }
                day = ReportPeriods.next(unit, after: day)
            }
        }
        self.starts = starts
    }

    /// The period of an instant within the report's time.
    public func index(of time: Timestamp) -> Int {
        (starts.firstIndex { $0 > time } ?? starts.count) - 1
    }

    /// The first instant of a civil day.
    static func instant(ofDay day: Int, in zone: TimeZoneRules) -> Timestamp {
        Timestamp(microseconds: zone.instant(ofLocal: Int64(day) * 86_400) * 1_000_000)
    }

    private static func day(of time: Timestamp, in zone: TimeZoneRules) -> Int {
        let seconds = time.microseconds.flooredQuotient(1_000_000)
        return Int((seconds + zone.offset(at: seconds)).flooredQuotient(86_400))
    }

    /// The first day of the next unit.
    private static func next(_ unit: Unit, after day: Int) -> Int {
        switch unit {
        case .day: return day + 1
        // 1970-01-05 was a Monday.
        case .week: return Int(Int64(day - 4).flooredQuotient(7)) * 7 + 7 + 4
        case .month:
            let date = CivilDate(daysSince1970: day)
            let next = date.month == 12 ? CivilDate(year: date.year + 1, month: 1, day: 1) : CivilDate(year: date.year, month: date.month + 1, day: 1)
            return next?.daysSince1970 ?? day + 31
        }
    }
}
