/// What a record counts agents by: the filters of routing.md C, all skills as one, and those whom none keeps away. In numbers, because it is counted for every
/// assignment.
enum RecordedFilter: Int, CaseIterable, Sendable {
    case eligible, notMember, offline, channelOff, offShift, absent, tier, excluded, skill, outOfArea, capacity, universalCapacity, cooldown

    init(_ refusal: RoutingRefusal?) {
        switch refusal {
        case nil: self = .eligible
        case .notMember: self = .notMember
        case .offline: self = .offline
        case .channelOff: self = .channelOff
        case .offShift: self = .offShift
        case .absent: self = .absent
        case .tier: self = .tier
        case .excluded: self = .excluded
        case .skill: self = .skill
        case .outOfArea: self = .outOfArea
        case .capacity: self = .capacity
        case .universalCapacity: self = .universalCapacity
        case .cooldown: self = .cooldown
        }
    }

    /// Its name in a record, for each ``rawValue``.
    static let names: [[UInt8]] = [
        "eligible", "not_member", "offline", "channel_off", "off_shift", "absent", "tier", "excluded", "skill", "out_of_area", "capacity",
        "universal_capacity", "cooldown",
    ].map { Array($0.utf8) }
}
