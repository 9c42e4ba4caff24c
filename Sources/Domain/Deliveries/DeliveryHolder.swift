/// A courier at work, as the leases name it that it holds. It lives as long as a session of it holds the lock of this number (docs/decisions/0048).
public struct DeliveryHolder: Hashable, Sendable {
    public let number: Int64

    public init(number: Int64) {
        self.number = number
    }

    /// A courier that begins: a number that nobody had before.
    public static func random() -> DeliveryHolder {
        DeliveryHolder(number: .random(in: 1...(.max)))
    }
}
