import Domain

/// Which other couriers are gone for good: those that were missed by three looks in a row. One that lost its connections, and failed once to get others, has
/// shown itself again by then.
struct CourierWatch {
    /// Looks after a failure that are not believed: the others may not be back yet, either.
    private static let looksToRecover = 2

    private static let looksToMiss = 3

    /// How many looks in a row have missed each.
    private var missed: [DeliveryHolder: Int] = [:]
    private var unbelieved = 0

    /// - Parameter sight: those that a look missed.
    /// - Returns: those that are gone.
    mutating func gone(after sight: Set<DeliveryHolder>) -> Set<DeliveryHolder> {
        guard unbelieved == 0 else {
            unbelieved -= 1
            return []
        }
        missed = Dictionary(uniqueKeysWithValues: sight.map { ($0, (missed[$0] ?? 0) + 1) })
        return sight.filter { missed[$0, default: 0] >= Self.looksToMiss }
    }

    /// A look failed: the database was away.
    mutating func failed() {
        missed = [:]
        unbelieved = Self.looksToRecover
    }
}
