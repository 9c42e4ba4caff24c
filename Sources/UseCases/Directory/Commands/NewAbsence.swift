public import Domain

/// An absence to be recorded, as the caller gives it.
public struct NewAbsence: Hashable, Sendable {
    public var kind: AbsenceRecord.Kind
    public var reason: String?
    public var tickets: AbsenceRecord.Tickets
    public var interval: AbsenceRecord.Interval

    public init(
        kind: AbsenceRecord.Kind,
        reason: String? = nil,
        tickets: AbsenceRecord.Tickets = .unanswered,
        interval: AbsenceRecord.Interval
    ) {
        self.kind = kind
        self.reason = reason
        self.tickets = tickets
        self.interval = interval
    }
}
