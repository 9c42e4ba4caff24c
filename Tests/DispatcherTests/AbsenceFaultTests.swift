import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What cannot be read of agents who are gone, or of what they have.
@Suite struct AbsenceFaultTests {
    @Test("An offered ticket that cannot be read keeps nothing else of an agent's with him who has gone")
    func unreadableOffer() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let given = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            try await desk.askFor(seconds: 600)
            let offered = [try await desk.create(), try await desk.create()]
            #expect(try await desk.pass().offered == 2)
            try await desk.database.sql("UPDATE docket.ticket SET fields = '7' WHERE id = '\(offered[0])'")
            try await desk.heartbeat(of: agent, status: .offline)
            let failed = FailedTickets()
            let absent = AbsentAgents(environment: desk.dispatcher, failures: failed.sink)
            #expect(try await absent.run() == 2)
            #expect(failed.take() == [offered[0]])
            #expect(try await desk.ticket(given).assigneeID == nil)
            #expect(try await desk.ticket(offered[1]).offer == nil)
        }
    }

    @Test("An agent whose attendance cannot be read is tried less and less often, and looked after once it can be")
    func unreadableAttendance() async throws {
        try await RoutingDesk.with { desk in
            let (agent, other) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            var tickets: [TicketID] = []
            for person in [agent, other] {
                let id = try await desk.create()
                _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: person)
                tickets.append(id)
            }
            try await desk.heartbeat(of: agent, status: .offline)
            try await desk.database.sql("REVOKE SELECT ON docket.agent FROM docket_dispatcher")
            let failed = FailedTickets()
            let absent = AbsentAgents(environment: desk.dispatcher, failures: failed.sink)
            var tried: [Int] = []
            for look in 1...40 {
                #expect(try await absent.run() == 0)
                if !failed.take().isEmpty { tried.append(look) }
            }
            #expect(tried == [1, 2, 4, 8, 16, 32])
            // Who goes now does not wait for it.
            try await desk.database.sql("GRANT SELECT ON docket.agent TO docket_dispatcher")
            try await desk.heartbeat(of: other, status: .offline)
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(tickets[1]).assigneeID == nil)
            for _ in 42...63 { #expect(try await absent.run() == 0) }
            #expect(try await absent.run() == 1)
            #expect(try await desk.ticket(tickets[0]).assigneeID == nil)
            #expect(failed.take().isEmpty)
        }
    }
}
