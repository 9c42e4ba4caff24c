import Testing

@testable import Domain

/// Who may be given a ticket that is solved.
@Suite struct SolvedAssignmentTests {
    private let rules = TicketRules(lifecycle: .standard)
    private let first = AgentID(high: 2, low: 1)
    private let second = AgentID(high: 2, low: 2)

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: 1_800_000_000_000_000 + seconds * 1_000_000) }

    @Test("Nobody gives a solved ticket to another agent, but for an escalation: a stage's clock may run until the customer has spoken")
    func solved() throws {
        let content = TicketContent(subject: "x", queueID: QueueID(high: 1, low: 1))
        let created = rules.create(id: TicketID(high: 3, low: 1), number: 1, content: content, by: .system, at: at(0)).after
        let assigned = try rules.assign(created, to: first, cause: .manual, isOverCapacity: false, by: .system, at: at(1)).after
        let begun = try rules.transition(assigned, to: .inProgress, by: .agent(first), at: at(2)).after
        let solved = try rules.transition(begun, to: .resolved, by: .agent(first), at: at(2)).after
        #expect(throws: TicketRefusal.self) {
            try rules.assign(solved, to: second, cause: .manual, isOverCapacity: false, by: .system, at: at(3))
        }
        let escalated = try rules.assign(solved, to: second, cause: .escalation, isOverCapacity: false, by: .scheduler, at: at(3))
        #expect(escalated.after.assigneeID == second && escalated.after.state == .resolved)
    }
}
