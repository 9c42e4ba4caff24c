import Domain
import Store

/// Where a courier is in its round over the receivers: the next look goes on behind the last tenant that was served.
struct DeliveryRound {
    private(set) var last: DeliveryLane?

    mutating func served(_ lane: DeliveryLane?) {
        last = lane
    }

    /// The lanes of a page by tenant, in their order.
    static func byTenant(_ lanes: [DeliveryLane]) -> [(tenant: TenantID, lanes: [DeliveryLane])] {
        var groups: [(tenant: TenantID, lanes: [DeliveryLane])] = []
        for lane in lanes {
            if groups.last?.tenant == lane.tenant {
                groups[groups.count - 1].lanes.append(lane)
            } else {
                groups.append((lane.tenant, [lane]))
            }
        }
        return groups
    }
}
