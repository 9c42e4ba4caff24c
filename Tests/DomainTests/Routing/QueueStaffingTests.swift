import Testing

@testable import Domain

/// When more agents are suggested for a queue, and how many (features.md A3.13).
@Suite struct QueueStaffingTests {
    private typealias Team = (agents: Int, units: Int)

    private func staffing(waiting: Int, room: Int, online: Team, others: Team, above limit: Int = 100) -> QueueStaffing {
        let members = QueueStatus.Members(
            online: online.agents,
            away: 0,
            offline: others.agents,
            room: room,
            capacity: online.units,
            capacityOfAll: online.units + others.units
        )
        let status = QueueStatus(
            at: Timestamp(microseconds: 0),
            waiting: [:],
            waitingUnits: waiting,
            oldestEligibleAt: nil,
            offered: 0,
            risk: QueueStatus.Risk(within15Minutes: 0, within1Hour: 0, within4Hours: 0, breachedWaiting: 0),
            members: members,
            isExact: true
        )
        return QueueStaffing(status, above: limit)
    }

    @Test("Up to the limit nobody is suggested; beyond it as many as have room for what those online have not")
    func limit() {
        let full = staffing(waiting: 10, room: 0, online: (2, 10), others: (2, 10))
        #expect(full.percent == 100 && full.suggestedAgents == 0)
        let more = staffing(waiting: 11, room: 0, online: (2, 10), others: (2, 10))
        // 11 units, five to an agent.
        #expect(more.percent == 110 && more.suggestedAgents == 3)
        #expect(staffing(waiting: 11, room: 0, online: (2, 10), others: (2, 10), above: 110).suggestedAgents == 0)
        #expect(staffing(waiting: 1, room: 0, online: (2, 10), others: (0, 0), above: 0).suggestedAgents == 1)
        #expect(staffing(waiting: 0, room: 0, online: (2, 10), others: (0, 0), above: 0).suggestedAgents == 0)
    }

    @Test("Who has room counts; the mean is that of all members; where nobody is online all that waits asks for somebody")
    func means() {
        #expect(staffing(waiting: 30, room: 10, online: (2, 10), others: (1, 20)).suggestedAgents == 2)
        let nobody = staffing(waiting: 4, room: 0, online: (0, 0), others: (3, 9))
        #expect(nobody.percent == nil && nobody.suggestedAgents == 2)
        #expect(staffing(waiting: 4, room: 0, online: (0, 0), others: (0, 0)).suggestedAgents == 4)
        #expect(staffing(waiting: 4, room: 0, online: (1, 0), others: (0, 0)).suggestedAgents == 4)
        #expect(staffing(waiting: 0, room: 0, online: (0, 0), others: (0, 0)).suggestedAgents == 0)
    }
}
