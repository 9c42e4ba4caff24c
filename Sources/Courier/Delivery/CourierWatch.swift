import Domain

/// Which other couriers are gone for good: those that were missed by two looks in a row. One that lost its connections, as all do when the server restarts, has
/// shown itself again by then.
struct CourierWatch {
    /// Looks after a failure that are not believed: the others may not be back yet, either.
    private static let looksToRecover = 2

    private var missing: Set<DeliveryHolder> = []
    private var unbelieved = 0

    /// - Parameter sight: those that a look missed.
    /// - Returns: those that are gone.
    mutating func gone(after sight: Set<DeliveryHolder>) -> Set<DeliveryHolder> {
        guard unbelieved == 0 else {
            unbelieved -= 1
            return []
        }
        defer { missing = sight }
        return missing.intersection(sight)
    }

    /// A look failed: the database was away.
    mutating func failed() {
        missing = []
        unbelieved = Self.looksToRecover
    }
}
