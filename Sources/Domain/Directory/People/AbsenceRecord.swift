/// A time in which an agent is not there, known beforehand (features.md A3.13): he gets nothing from routing, and his work goes back when it begins.
public struct AbsenceRecord: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case vacation, sickness, training, other
    }

    /// What goes back into the queues when the absence begins.
    public enum Tickets: String, CaseIterable, Hashable, Sendable {
        /// What the agent has not answered, as when he signs out (routing.md F).
        case unanswered
        /// Everything that is open; what waits for the customer or for others stays his.
        case all
    }

    /// From its start to just before its end.
    public struct Interval: Hashable, Sendable {
        public let start: Timestamp
        public let end: Timestamp

        public init(start: Timestamp, end: Timestamp) {
            self.start = start
            self.end = end
        }
    }

    public let id: AbsenceID
    public let agentID: AgentID
    public let kind: Kind
    /// 1 to 500 characters.
    public let reason: String?
    public let tickets: Tickets
    public let interval: Interval
    public let createdBy: Actor
    public let createdAt: Timestamp
    public let cancelledAt: Timestamp?
    /// When something must be done about it: its start, then its end; nil once it is over or cancelled.
    public let nextAt: Timestamp?

    /// The longest absence, in microseconds: a year.
    public static let maximumLength: Int64 = 366 * 86_400_000_000
    /// The most absences of one agent that are not over.
    public static let maximumLive = 100

    public init(
        id: AbsenceID,
        agentID: AgentID,
        kind: Kind,
        reason: String?,
        tickets: Tickets,
        interval: Interval,
        createdBy: Actor,
        createdAt: Timestamp,
        cancelledAt: Timestamp? = nil,
        nextAt: Timestamp?
    ) {
        self.id = id
        self.agentID = agentID
        self.kind = kind
        self.reason = reason
        self.tickets = tickets
        self.interval = interval
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.cancelledAt = cancelledAt
        self.nextAt = nextAt
    }

    /// Whether nothing was done about its beginning yet.
    public var isToBegin: Bool { nextAt == interval.start }

    /// The first stretch of absence that is not over: absences that touch or overlap are one. Nil where there is none.
    public static func stretch(of intervals: [Interval], after now: Timestamp) -> Interval? {
        let live = intervals.filter { $0.end > now }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        guard let first = live.first else { return nil }
        var end = first.end
        for interval in live.dropFirst() {
            guard interval.start <= end else { break }
            end = max(end, interval.end)
        }
        return Interval(start: first.start, end: end)
    }
}
