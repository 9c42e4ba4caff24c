extension CalendarVersion {
    /// The open intervals of this version over whole years (UTC), merged and clipped to them (sla.md, Calendars, "Compile").
    func compile(years: ClosedRange<Int>) -> [OpenInterval] {
        let lower = CalendarYears.start(of: years.lowerBound)
        let upper = CalendarYears.start(of: years.upperBound + 1)
        // Three days of margin: a zone's day starts up to a day away from UTC's, and a window may begin the day before.
        let days =
            Int(lower.microseconds.flooredQuotient(CalendarYears.microsecondsPerDay)) - 3...Int(
                upper.microseconds.flooredQuotient(CalendarYears.microsecondsPerDay)
            ) + 3
        var open = OpenInterval.merged(days.flatMap { regularHours(on: $0) })
        open = OpenInterval.subtract(OpenInterval.merged(closedSpans(years: years, days: days)), from: open)
        let special = definition.openings.filter { days.contains($0.key.daysSince1970) }
        if !special.isEmpty {
            let replaced = special.keys.map { span(day: $0.daysSince1970, .wholeDay) }
            let added = special.flatMap { date, hours in hours.map { span(day: date.daysSince1970, $0) } }
            open = OpenInterval.merged(OpenInterval.subtract(OpenInterval.merged(replaced), from: open) + added)
        }
        return open.lazy.map { $0.clipped(from: lower, to: upper) }.filter { $0.start < $0.end }
    }

    private func regularHours(on day: Int) -> [OpenInterval] {
        if definition.alwaysOpen { return [span(day: day, .wholeDay)] }
        return (definition.weekly[Weekday(daysSince1970: day)] ?? []).map { span(day: day, $0) }
    }

    private func closedSpans(years: ClosedRange<Int>, days: ClosedRange<Int>) -> [OpenInterval] {
        var spans: [OpenInterval] = []
        for closure in definition.closures {
            for whole in closure.ranges(in: years.lowerBound - 1...years.upperBound + 1) where whole.overlaps(days) {
                let range = whole.clamped(to: days)
                if let part = closure.part {
                    spans += range.map { span(day: $0, part) }
                } else {
                    spans.append(span(from: range.lowerBound, seconds: 0, to: range.upperBound + 1, seconds: 0))
                }
            }
        }
        return spans
    }

    private func span(day: Int, _ wall: WallInterval) -> OpenInterval {
        span(from: day, seconds: wall.start, to: day, seconds: wall.end)
    }

    private func span(from first: Int, seconds start: Int, to last: Int, seconds end: Int) -> OpenInterval {
        OpenInterval(start: instant(first, start), end: instant(last, end))
    }

    private func instant(_ day: Int, _ second: Int) -> Timestamp {
        // Days of the years 1 to 9999 and their seconds are far from the ends of Int64.
        Timestamp(microseconds: zone.instant(ofLocal: Int64(day) * 86_400 + Int64(second)) * 1_000_000)
    }
}
