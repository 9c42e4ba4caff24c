/// In which order a list shows tickets; ties are decided by the id.
public struct TicketOrder: Hashable, Sendable {
    /// Not by the last update: an index on what every update changes would make each of them write all indexes of the ticket. The change feed serves it.
    public enum Key: String, CaseIterable, Hashable, Sendable {
        case createdAt = "created_at"
        /// P1 first.
        case priority
        case number
        /// The first deadline of a promise that is not kept yet; tickets without one come last, in both directions.
        case dueAt = "due_at"
    }

    public let key: Key
    public let isDescending: Bool

    public init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}
