/// Who is on call, and until when.
public struct OnCallShift: Hashable, Sendable {
    public let agent: AgentID
    public let from: Timestamp
    /// The next handover, or the next override's beginning.
    public let until: Timestamp
    public let isOverride: Bool
}

extension OnCallRota {
    /// Who is on call at an instant; nil before the rotation begins, and for years that no calendar has.
    ///
    /// Shifts begin when the wall clock shows their time: a time that clocks skip is moved forward by the gap, of one that they show
    /// twice the first is meant (sla.md, Calendars), so a shift is an hour shorter or longer where the clocks change in it, and nobody is on call twice or never.
    public func shift(at time: Timestamp, zone rules: TimeZoneRules) -> OnCallShift? {
        if let override = overrides.first(where: { $0.from <= time && time < $0.to }) {
            return OnCallShift(agent: override.agent, from: override.from, until: override.to, isOverride: true)
        }
        guard !members.isEmpty, shiftHours > 0, let number = number(at: time, rules) else { return nil }
        let next = overrides.first { $0.from > time }?.from
        let end = beginning(of: number + 1, rules)
        return OnCallShift(
            agent: members[Int(number % Int64(members.count))],
            from: beginning(of: number, rules),
            until: next.map { min($0, end) } ?? end,
            isOverride: false
        )
    }

    /// The last shift that has begun; nil before the first.
    private func number(at time: Timestamp, _ rules: TimeZoneRules) -> Int64? {
        let seconds = time.microseconds.flooredQuotient(1_000_000)
        guard abs(seconds) < Self.furthest else { return nil }
        // What the wall clock shows is right but for the hours around a change of the clocks.
        var number = (seconds + rules.offset(at: seconds) - firstLocal).flooredQuotient(length)
        while beginning(of: number + 1, rules) <= time { number += 1 }
        while beginning(of: number, rules) > time { number -= 1 }
        return number >= 0 ? number : nil
    }

    private func beginning(of number: Int64, _ rules: TimeZoneRules) -> Timestamp {
        Timestamp(microseconds: rules.instant(ofLocal: firstLocal + number * length) * 1_000_000)
    }

    /// Seconds of the wall clock.
    private var length: Int64 { Int64(shiftHours) * 3_600 }

    /// What the wall clock shows, in seconds since 1970, when the first shift begins.
    private var firstLocal: Int64 { Int64(startsOn.daysSince1970) * 86_400 + Int64(handover) }

    /// Some 30,000 years: far within the range of microseconds, far beyond any calendar.
    private static let furthest: Int64 = 1_000_000_000_000
}
