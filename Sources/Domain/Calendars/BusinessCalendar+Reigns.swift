extension BusinessCalendar {
    /// A version and the time that it measures, `start` included and `end` not.
    struct Reign {
        let version: CalendarVersion
        let start: Timestamp
        let end: Timestamp
    }

    /// The versions that measure any time, in the order of time; together they cover all of it. A version that was replaced before it began is not among them.
    var reigns: [Reign] {
        var reigns: [Reign] = []
        var end = CalendarYears.range.upperBound
        for index in versions.indices.reversed() {
            // The first holds for all time before it too.
            let since = index == versions.startIndex ? nil : versions[index].effectiveFrom
            let start = since ?? CalendarYears.range.lowerBound
            guard start < end else { continue }
            reigns.append(Reign(version: versions[index], start: start, end: end))
            end = start
        }
        return reigns.reversed()
    }
}
