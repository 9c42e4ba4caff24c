import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Under most policies assigned is nothing else than waiting: routing writes no clocks then, and they must all the same be those that the history gives (design.md I5).
@Suite struct ClocksAfterRoutingTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"},
        {"metric":"stage","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    @Test("After routing the history is no finding, and the next change brings the clocks to it")
    func assigned() async throws {
        try await RoutingDesk.with { desk in
            try await desk.tenant.addPolicy(Self.policy)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            try await desk.expectNoFinding()
            _ = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .agent(agent)),
                visibility: .public,
                author: .agent(agent),
                body: "On it."
            )
            try await desk.expectClocks(of: id)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .waitingCustomer)
            try await desk.expectClocks(of: id)
            try await desk.expectNoFinding()
        }
    }

    @Test("An assignment comes after the creation also where no time has passed between them")
    func sameInstant() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.policy)
            _ = try await desk.tenant.addAgent()
            try await desk.database.freezeClock()
            try await desk.advance(by: 1)
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            let times = try await desk.history(of: id).map(\.at)
            #expect(times.count == 3 && times[0] < times[1] && times[1] == times[2])
            try await desk.expectNoFinding()
        }
    }

    @Test("A breach between routing and the first answer stays one breach")
    func breached() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(Self.policy)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            _ = try await desk.pass()
            try await desk.advance(by: 4_000)
            #expect(try await desk.breaches(of: id) == 2)
            try await desk.expectNoFinding()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            try await desk.expectClocks(of: id)
            try await desk.expectNoFinding()
            let breaches = try await desk.history(of: id).count { if case .timerBreached = $0.payload { true } else { false } }
            #expect(breaches == 2, "the first response and the stage, each once")
        }
    }
}
