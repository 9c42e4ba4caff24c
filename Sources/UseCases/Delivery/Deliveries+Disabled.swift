import Domain
import Store

/// What waits for endpoints that are disabled is given up at once, not when its next attempt would have been (docs/decisions/0064).
extension Deliveries {
    /// Longer than any delivery is put off: what waits for an endpoint that was disabled earlier has been due, and given up, since.
    private static let days = 3
    /// The most batches for one receiver before the next has its turn.
    private static let batches = 10

    /// Gives up what waits for endpoints that were disabled, batch by batch of ``maximumDropped`` rows, each a transaction. What a courier is trying just now ends
    /// first, and is given up the next time. Several couriers may do so at once: none waits for another.
    ///
    /// - Returns: how many rows that were; where many wait, there may be more.
    /// - Throws: ``StoreError``; may be repeated.
    public func giveUpOfDisabled() async throws -> Int {
        var count = 0
        // In an order of chance: one that fails each time keeps none behind it waiting for ever.
        for lane in try await database.disabledReceivers(withinDays: Self.days).shuffled() {
            for _ in 0..<Self.batches {
                let dropped = try await database.affected(DropDeliveries(tenant: lane.tenant, lanes: [lane]), of: lane.tenant)
                count += dropped
                if dropped < Self.maximumDropped { break }
            }
        }
        return count
    }
}
