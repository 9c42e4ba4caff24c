import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What agents who come and go do at a desk.
extension RoutingDesk {
    var absent: AbsentAgents { AbsentAgents(environment: dispatcher, failures: .recorded) }

    /// A ticket that an agent solved, or left in another state, who works here no more, and another agent who does.
    func solveAndLeave(isInQueue: Bool = true, leaving state: TicketState = .resolved) async throws
        -> (ticket: TicketID, leaver: AgentID, other: AgentID)
    {
        let leaver = try await tenant.addAgent()
        let id = try await create()
        #expect(try await pass().assigned.map(\.agent) == [leaver])
        if !isInQueue {
            _ = try await commands.update(TicketRequest(id, in: tenant.id, by: .system)) { before in
                var content = before
                content.queueID = nil
                return content
            }
        }
        _ = try await commands.transition(TicketRequest(id, in: tenant.id, by: .agent(leaver)), to: state)
        _ = try await directory.updateAgent(leaver, in: tenant.id) { before in
            var content = before
            content.isActive = false
            return content
        }
        #expect(try await absent.run() == (state == .resolved ? 0 : 1))
        return (id, leaver, try await tenant.addAgent())
    }

    func answer(_ ticket: TicketID, by agent: AgentID, visibility: TicketMessage.Visibility = .public) async throws {
        _ = try await commands.addMessage(
            TicketRequest(ticket, in: tenant.id, by: .agent(agent)),
            visibility: visibility,
            author: .agent(agent),
            body: "Hello"
        )
    }
}
