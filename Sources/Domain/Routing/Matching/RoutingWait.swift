/// One ticket that stays in its queue.
public struct RoutingWait: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable, Codable {
        /// Somebody present could take it, but is full or cooling down.
        case noCapacity = "no_capacity"
        /// It is kept for the preferred agent.
        case heldForPreferred = "held_for_preferred"
        /// Everybody who could take it, or everybody of them who has room, declined or timed out in this round of offers.
        case everyoneExcluded = "everyone_excluded"
        /// The queue keeps hours and is closed.
        case queueClosed = "queue_closed"
        /// The ticket's site is closed.
        case siteClosed = "site_closed"
        /// Nobody took it in all rounds of offers, and it waits for a claim.
        case noTaker = "no_taker"
        /// Nobody present could take it at this or any later step, whatever their load; also who is too small for it.
        case unroutable
    }

    public let ticket: TicketID
    public let reason: Reason
    /// The position of the relaxation step it was looked at with.
    public let step: Int
    /// When to look again although nothing else has happened: the next step or the end of a sticky wait. To be stored as `next_step_at`.
    public let nextStepAt: Timestamp?
}

extension RoutingWait {
    /// Since when everybody is excluded who could take the ticket, with the pause before the next round of offers (routing.md G); nil where that is not so. That who
    /// declined went away does not begin the pause anew: he might go and come back for ever.
    ///
    /// - Parameter stored: what was said of it at the look before.
    public func exhaustedSince(stored: Timestamp?, now: Timestamp) -> Timestamp? {
        switch reason {
        case .everyoneExcluded: stored ?? now
        case .unroutable: stored
        default: nil
        }
    }
}
