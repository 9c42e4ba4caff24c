/// What is wrong with a ticket's row, held against its events (design.md I5).
public enum TicketRowFault: String, CaseIterable, Hashable, Sendable {
    /// The events are complete and say something else: the row can be written anew from them.
    case different = "says something else than its history"
    case otherNumber = "has another number than its history says"
    case missingEvents = "events are missing at the end of its history"
    case gap = "events are missing in its history"
    case noCreation = "its history does not begin with its creation"

    /// Nil where the row is the fold over the events.
    ///
    /// - Parameter history: of all its events.
    public init?(_ row: Ticket, history: TicketRowFold) {
        guard var replayed = history.row else {
            self = .noCreation
            return
        }
        guard history.isGapless else {
            self = .gap
            return
        }
        guard history.count >= row.lastSequence else {
            self = .missingEvents
            return
        }
        // Rows of earlier versions do not say it, and nobody waits by it then.
        if row.queuedAt == nil { replayed.queuedAt = nil }
        guard replayed != row else { return nil }
        self = replayed.number == row.number ? .different : .otherNumber
    }

    /// Whether the events alone decide what the row must be. A number may belong to another ticket by now, and what was lost nobody knows.
    public var isRepairable: Bool { self == .different }

    /// Whether all events are there all the same.
    public var isHistoryComplete: Bool { self == .different || self == .otherNumber }
}
