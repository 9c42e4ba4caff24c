/// How much of an agent's capacity a ticket takes, and how much capacity a new arrival has (routing.md F).
public enum RoutingLoad {
    /// The most units a weight, a load or a capacity may have: keeps every product of two inside 64 bits.
    public static let maximumUnits = 1_000_000

    /// The units a ticket counts on its assignee.
    ///
    /// - Parameters:
    ///   - weight: the ticket's weight.
    ///   - idlePercent: how much of it counts while the ticket waits for others (pending, hold), 0 to 100; a fraction of a unit counts as one.
    public static func units(weight: Int, in category: StateCategory, idlePercent: Int = 0) -> Int {
        switch category {
        case .new, .open: weight
        case .pending, .hold: (weight * min(max(idlePercent, 0), 100) + 99) / 100
        case .solved, .closed: 0
        }
    }

    /// The effective capacity after coming online: `1 + floor(time online / ramp)`, or nil where it cannot bind.
    ///
    /// - Parameters:
    ///   - microseconds: time since the agent came online.
    ///   - rampSeconds: time for each further unit; 0 switches the ramp off.
    public static func rampUpCapacity(onlineFor microseconds: Int64, rampSeconds: Int = 120) -> Int? {
        guard rampSeconds > 0 else { return nil }
        let steps = max(0, microseconds) / (Int64(rampSeconds) * 1_000_000)
        return steps >= Int64(maximumUnits) ? nil : 1 + Int(steps)
    }

    /// When the ramp-up lets an agent have so many units.
    public static func rampUpTime(of units: Int, onlineSince: Timestamp, rampSeconds: Int) -> Timestamp {
        let steps = Int64(min(max(units, 1), maximumUnits) - 1)
        return onlineSince.adding(microseconds: steps * Int64(min(max(rampSeconds, 0), 86_400)) * 1_000_000)
    }

    static func bounded(_ units: Int) -> Int32 {
        Int32(min(max(units, -maximumUnits), maximumUnits))
    }
}
