import Domain

/// Where a courier is in its round over the receivers. Whatever is scarce, attempts at all or only those of some kind, goes round: the next look begins behind
/// the tenant that was given something last.
struct DeliveryRound {
    /// A tenant and those of its lanes that are on the page.
    typealias Turn = (tenant: TenantID, lanes: [DueLane])

    private var last: DeliveryLane?
    /// Whether there were more receivers than a page holds.
    private var isLong = false

    /// Behind whom the next look begins. nil reads everything, which is put in turns here: one query less.
    var start: DeliveryLane? { isLong ? last : nil }

    mutating func gave(to turn: Turn) {
        last = turn.lanes.last?.lane
    }

    /// The tenants of a page in their turns.
    ///
    /// - Parameter position: where the page began.
    mutating func turns(of lanes: [DueLane], from position: DeliveryLane?, hasMore: Bool) -> [Turn] {
        let turns = Self.byTenant(lanes)
        guard position == nil else { return turns }
        isLong = hasMore
        guard !hasMore, let last, let next = turns.firstIndex(where: { $0.tenant > last.tenant }) else { return turns }
        return Array(turns[next...] + turns[..<next])
    }

    /// The lanes of a page by tenant, in their order.
    static func byTenant(_ lanes: [DueLane]) -> [Turn] {
        var groups: [Turn] = []
        for due in lanes {
            if groups.last?.tenant == due.lane.tenant {
                groups[groups.count - 1].lanes.append(due)
            } else {
                groups.append((due.lane.tenant, [due]))
            }
        }
        return groups
    }
}
