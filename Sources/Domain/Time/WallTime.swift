/// What a clock on a wall shows at an instant: for texts and pictures, never for calculations.
public struct WallTime: Hashable, Sendable {
    public let date: CivilDate
    /// Seconds after midnight, from 0 to 86,399.
    public let second: Int

    public init(_ time: Timestamp, in zone: TimeZoneRules) {
        let seconds = time.microseconds.flooredQuotient(1_000_000)
        let local = seconds + zone.offset(at: seconds)
        let day = local.flooredQuotient(86_400)
        date = CivilDate(daysSince1970: Int(day))
        second = Int(local - day * 86_400)
    }

    public var weekday: Weekday { Weekday(daysSince1970: date.daysSince1970) }

    /// `09:00`, or `09:00:20` where the seconds are not zero.
    public var clock: String {
        let minutes = "\(padded(second / 3_600, to: 2)):\(padded(second / 60 % 60, to: 2))"
        return second % 60 == 0 ? minutes : "\(minutes):\(padded(second % 60, to: 2))"
    }
}

extension TimeZoneRules {
    /// The day that a calendar on the wall shows at an instant.
    func date(at time: Timestamp) -> CivilDate { WallTime(time, in: self).date }
}
