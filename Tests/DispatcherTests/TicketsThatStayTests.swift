import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that stay with an absent agent, and those behind them (routing.md F).
@Suite struct TicketsThatStayTests {
    @Test("What stays with somebody who is gone hides none of his newer tickets, however many there are", arguments: [false, true])
    func ticketsThatStay(isRecorded: Bool) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            var ids: [TicketID] = []
            for _ in 0..<5 { ids.append(try await desk.create()) }
            while try await desk.pass().hasMore {}
            // Without a queue there is nowhere to go back to.
            for id in ids.prefix(4) {
                _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) {
                    var content = $0
                    content.queueID = nil
                    return content
                }
            }
            if isRecorded {
                _ = try await desk.recordAbsence(of: agent, from: 600, to: 3_600)
                try await desk.advance(by: 617)
            } else {
                try await desk.heartbeat(of: agent, status: .offline)
                try await desk.advance(by: 17)
            }
            let absent = AbsentAgents(environment: desk.dispatcher, failures: .recorded, ticketLimit: 2)
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(ids[4]).state == .waitingAssignment)
            for id in ids.prefix(4) { #expect(try await desk.ticket(id).assigneeID == agent) }
            // Looked after once.
            #expect(try await desk.dispatcher.database.agentsGone(grace: AbsentAgents.grace, limit: 10).isEmpty)
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
        }
    }
}
