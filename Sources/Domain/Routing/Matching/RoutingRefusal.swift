/// The first hard filter that keeps an agent from a ticket, in the order of checking (routing.md C).
public enum RoutingRefusal: Hashable, Sendable {
    case notMember
    case offline
    case channelOff
    case offShift
    /// A recorded absence runs.
    case absent
    case tier
    case excluded
    case skill(SkillID)
    case outOfArea
    case capacity
    case universalCapacity
    case cooldown

    /// The recorded text, such as `capacity` or `skill:fr`.
    ///
    /// - Parameter skillName: gives the name of a skill.
    public func text(skillName: (SkillID) -> String) -> String {
        switch self {
        case .notMember: "not_member"
        case .offline: "offline"
        case .channelOff: "channel_off"
        case .offShift: "off_shift"
        case .absent: "absent"
        case .tier: "tier"
        case .excluded: "excluded"
        case .skill(let skill): "skill:\(skillName(skill))"
        case .outOfArea: "out_of_area"
        case .capacity: "capacity"
        case .universalCapacity: "universal_capacity"
        case .cooldown: "cooldown"
        }
    }
}
