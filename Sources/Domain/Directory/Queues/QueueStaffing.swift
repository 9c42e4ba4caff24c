/// Whether those who are there can do what waits in a queue, and how many more it would take (features.md A3.13). Only a suggestion: it knows nothing of skills.
public struct QueueStaffing: Hashable, Sendable {
    /// Percent of the capacity online that may wait before more agents are suggested, unless told otherwise.
    public static let standardPercent = 100
    public static let percentRange = 0...10_000

    /// Units of work that wait for an agent.
    public let waitingUnits: Int
    /// Units of work that those online can have at a time.
    public let capacityUnits: Int
    /// What waits in percent of that, rounded up; nil where nobody is online who takes anything.
    public let percent: Int?
    /// How many more agents of the members' mean capacity have room for what those online have not; 0 up to the limit asked about.
    public let suggestedAgents: Int

    /// - Parameter limit: from how many percent on, exclusively, agents are suggested.
    public init(_ status: QueueStatus, above limit: Int = standardPercent) {
        waitingUnits = status.waitingUnits
        capacityUnits = status.members.capacity
        percent = capacityUnits > 0 ? Self.roundedUp(waitingUnits * 100, by: capacityUnits) : nil
        let isShort = percent.map { $0 > limit } ?? (waitingUnits > 0)
        let excess = max(waitingUnits - status.members.room, 0)
        let count = status.members.online + status.members.away + status.members.offline
        // Excess by the mean capacity of all members; one unit each where there is none to go by.
        let total = status.members.capacityOfAll
        suggestedAgents = isShort ? Self.roundedUp(excess * (total > 0 ? count : 1), by: total > 0 ? total : 1) : 0
    }

    private static func roundedUp(_ number: Int, by divisor: Int) -> Int {
        number / divisor + (number % divisor > 0 ? 1 : 0)
    }
}
