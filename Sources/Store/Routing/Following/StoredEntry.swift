public import Domain
import Postgres

/// What a waiting ticket's entry says that follows from its queue, its promises and time: to be held against what it must say.
public struct StoredEntry: Hashable, Sendable {
    public let queue: QueueID
    public let place: EntryPlace
    /// The ticket's version when the entry was written.
    public let version: Int64
    public let classKey: Int64
    /// The part of the key that follows from time; see ``RoutingEntry/step``.
    public let classStep: Int
    public let nextStepAt: Timestamp?
    public let overflowAt: Timestamp?
    /// Since when everybody who could take it has declined.
    public let exhaustedAt: Timestamp?

    public var ticket: TicketID { place.ticket }

    static let columns = """
        r.queue_id, r.rank_at, r.eligible_at, r.ticket_id, r.ticket_version, r.class_key, r.class_step, r.next_step_at, r.overflow_at, r.exhausted_at
        """

    init(_ columns: inout ColumnReader) throws(DecodeError) {
        queue = try columns.next()
        place = EntryPlace(rankAt: try columns.next(), eligibleAt: try columns.next(), ticket: try columns.next())
        version = try columns.next()
        classKey = try columns.next()
        classStep = Int(try columns.next(Int16.self))
        nextStepAt = try columns.nextOptional()
        overflowAt = try columns.nextOptional()
        exhaustedAt = try columns.nextOptional()
    }
}
