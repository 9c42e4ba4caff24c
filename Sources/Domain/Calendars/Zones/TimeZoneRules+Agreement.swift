extension TimeZoneRules {
    /// Whether wall clocks show the same by both rules for all time that calendars know. Files of one release may list more or fewer transitions of the same meaning
    /// ("fat" and "slim", RFC 8536 4): that is no other rule.
    public func agrees(with other: TimeZoneRules) -> Bool {
        // Wall times of the first year begin up to a day before it in UTC.
        let begin = CalendarYears.range.lowerBound.microseconds / 1_000_000 - 2 * 86_400
        let end = CalendarYears.range.upperBound.microseconds / 1_000_000 + 2 * 86_400
        let changes = (transitions + other.transitions).map(\.start).filter { begin < $0 && $0 < end }
        return ([begin] + changes).allSatisfy { offset(at: $0) == other.offset(at: $0) }
    }
}
