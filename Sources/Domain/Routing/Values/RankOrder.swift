/// Which ticket goes first: computes the stored column `rank_at` (routing.md A). Tickets sort by `(rank_at, eligible_at, id)`.
public enum RankOrder: Hashable, Sendable {
    /// Priority, queue and customer move a ticket ahead by a bounded time, so that none starves.
    case boosted(RankBoosts)
    /// The next promise to fall due goes first.
    case deadline(defaultTargetSeconds: Int)
    /// Every P1 before every P2, and so on. Can starve low priorities; only where a queue says so.
    case strictPriority

    /// The default order of a queue.
    public static var standard: RankOrder { .boosted(RankBoosts()) }

    /// The ticket's place in the queue.
    ///
    /// - Parameters:
    ///   - eligibleAt: when the ticket first became routable.
    ///   - isVIP: whether the customer's boost applies.
    ///   - dueAt: the next due time of its SLA, used by ``deadline(defaultTargetSeconds:)`` only.
    public func rankAt(eligibleAt: Timestamp, priority: Priority, isVIP: Bool = false, dueAt: Timestamp? = nil) -> Timestamp {
        switch self {
        case .boosted(let boosts):
            let seconds = boosts.seconds(for: priority) + boosts.queueSeconds + (isVIP ? boosts.vipSeconds : 0)
            return eligibleAt.adding(microseconds: -RoutingTime.microseconds(seconds))
        case .deadline(let defaultTargetSeconds):
            return dueAt ?? eligibleAt.adding(microseconds: RoutingTime.microseconds(defaultTargetSeconds))
        case .strictPriority:
            return eligibleAt.adding(microseconds: -Int64(4 - priority.rawValue) * RankOrder.strictGap)
        }
    }

    /// Whether tickets of VIP customers are moved ahead of others of their priority.
    public var prefersVIPs: Bool {
        if case .boosted(let boosts) = self { boosts.vipSeconds != 0 } else { false }
    }

    /// Whether a ticket's place follows from its promises, not from its age.
    public var isByDeadline: Bool {
        if case .deadline = self { true } else { false }
    }

    /// One century between priorities: no ticket waits longer, and four of them stay far inside `timestamptz`.
    private static let strictGap: Int64 = 100 * 366 * 86_400 * 1_000_000
}
