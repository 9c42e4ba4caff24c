/// A 128-bit identifier (a UUID) of one kind of entity.
///
/// `Entity` is a phantom: an agent's id cannot be passed where a ticket's id is meant. New ids are UUIDv7 (RFC 9562 5.7), made by the
/// calling process for index locality; no code may infer an order of events from an id (scale.md 1.8).
public struct ID<Entity>: Hashable, Sendable {
    /// The first eight bytes, big-endian.
    public let high: UInt64
    /// The last eight bytes, big-endian.
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Before all others: where a list in the order of ids begins. Nothing has it.
    public static var lowest: ID { ID(high: 0, low: 0) }
}

extension ID: Comparable {
    /// Orders by the bytes, as PostgreSQL orders `uuid`: the last tie-break of routing (routing.md D8) must agree with the database.
    public static func < (left: ID, right: ID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
