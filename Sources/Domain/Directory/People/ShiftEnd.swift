/// The end of an agent's shift, and the time off that follows it: from then on he is not there, signed in or not, until his next shift begins (routing.md F).
public struct ShiftEnd: Hashable, Sendable {
    public let at: Timestamp
    /// When the next shift begins; nil where none does, or nobody knows when.
    public let resumesAt: Timestamp?

    public init(at: Timestamp, resumesAt: Timestamp?) {
        self.at = at
        self.resumesAt = resumesAt
    }

    /// Whether he is off shift then.
    public func covers(_ time: Timestamp) -> Bool {
        at <= time && resumesAt.map { $0 > time } ?? true
    }

    /// The end of the shift that runs, or of the last one. A calendar that cannot be judged, or that never closes, ends no shift.
    ///
    /// - Parameter known: as it was told last: who is off shift has been since then, not since he is heard of.
    public static func following(_ hours: BusinessCalendar, at now: Timestamp, known: ShiftEnd?) -> ShiftEnd? {
        guard let close = try? hours.nextClose(now) else { return nil }
        let end = close <= now ? known.flatMap { $0.covers(now) ? $0.at : nil } ?? now : close
        return ShiftEnd(at: end, resumesAt: try? hours.nextOpen(close))
    }
}
