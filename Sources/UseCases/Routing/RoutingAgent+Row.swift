import Domain
import Store

extension RoutingAgent {
    /// An agent as matching sees it at an instant.
    ///
    /// - Parameter isOnShift: whether a calendar is open now.
    init(_ row: RoutingAgentRow, now: Timestamp, isOnShift: (CalendarID) -> Bool) {
        self.init(id: row.id, capacity: row.capacity)
        isMember = row.tier != nil
        tier = row.tier ?? 0
        // A lease that ran out means offline, whatever the status says (routing.md C).
        let isAlive = row.leaseUntil.map { $0 > now } ?? false
        presence = isAlive ? row.presence ?? .offline : .offline
        self.isOnShift = row.calendarID.map(isOnShift) ?? true
        skills = row.skills
        load = row.load
        lastAssignedAt = row.lastAssignedAt
    }
}
