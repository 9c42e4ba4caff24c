/// The rank of one eligible agent for one ticket; the smallest wins (routing.md D).
///
/// The members are in the order of comparison. A queue mode leaves a criterion out by giving every agent the same value, so one comparison
/// serves all modes. All numbers are integers: the order does not depend on how a machine rounds.
struct RoutingRank: Hashable, Sendable {
    var tier: Int32 = 0
    var optionalMissing: Int32 = 0
    /// The sum of levels, negated: the highest first.
    var negatedLevels: Int32 = 0
    var distance: Int64 = 0
    /// After the assignment: 0 up to 50 %, 1 up to 80 %, 2 above.
    var loadBand: Int32 = 0
    /// Surplus skills where they come before the exact load.
    var surplus: Int32 = 0
    /// After the assignment, to be compared as `load / capacity`.
    var load: Int32 = 0
    var capacity: Int32 = 1
    /// Surplus skills where they come after the exact load.
    var lateSurplus: Int32 = 0
    /// `Int64.min` for never.
    var lastAssigned: Int64
    /// The position among the agents in the order of their ids.
    var agent: Int32

    static func band(load: Int32, capacity: Int32) -> Int32 {
        let (load, capacity) = (Int64(load), Int64(capacity))
        return load * 2 <= capacity ? 0 : load * 5 <= capacity * 4 ? 1 : 2
    }

    private func crossLoad(_ other: RoutingRank) -> (Int64, Int64) {
        (Int64(load) * Int64(other.capacity), Int64(other.load) * Int64(capacity))
    }
}

extension RoutingRank: Comparable {
    static func < (left: RoutingRank, right: RoutingRank) -> Bool {
        if left.tier != right.tier { return left.tier < right.tier }
        if left.optionalMissing != right.optionalMissing { return left.optionalMissing < right.optionalMissing }
        if left.negatedLevels != right.negatedLevels { return left.negatedLevels < right.negatedLevels }
        if left.distance != right.distance { return left.distance < right.distance }
        if left.loadBand != right.loadBand { return left.loadBand < right.loadBand }
        if left.surplus != right.surplus { return left.surplus < right.surplus }
        let (leftLoad, rightLoad) = left.crossLoad(right)
        if leftLoad != rightLoad { return leftLoad < rightLoad }
        if left.lateSurplus != right.lateSurplus { return left.lateSurplus < right.lateSurplus }
        if left.lastAssigned != right.lastAssigned { return left.lastAssigned < right.lastAssigned }
        return left.agent < right.agent
    }

    /// The first criterion in which two ranks differ.
    func decidingCriterion(against other: RoutingRank) -> RoutingCriterion {
        let (ownLoad, otherLoad) = crossLoad(other)
        if tier != other.tier { return .tier }
        if optionalMissing != other.optionalMissing { return .optionalSkills }
        if negatedLevels != other.negatedLevels { return .skillLevels }
        if distance != other.distance { return .distance }
        if loadBand != other.loadBand { return .loadBand }
        if surplus != other.surplus { return .surplusSkills }
        if ownLoad != otherLoad { return .load }
        if lateSurplus != other.lateSurplus { return .surplusSkills }
        if lastAssigned != other.lastAssigned { return .lastAssigned }
        return .agentID
    }
}
