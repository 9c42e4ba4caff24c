import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Routing writes no clocks; they must all the same be those that the history gives (design.md I5).
@Suite struct ClocksAfterRoutingTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"},
        {"metric":"stage","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    private func ledger(_ desk: RoutingDesk, _ id: TicketID) async throws -> SLALedger {
        var unit = TenantUnit(desk.tenant.id)
        let handle = unit.add(LoadLedger(tenant: desk.tenant.id, ticket: id))
        return try #require(try await desk.api.database.run(unit).first(handle))
    }

    private func rebuilt(_ desk: RoutingDesk, _ id: TicketID) async throws -> SLALedger {
        let engine = try await desk.api.configurations.configuration(of: desk.tenant.id).promises.engine
        return try engine.replay(try await desk.history(of: id).flatMap { $0.signals(lifecycle: .standard) }).ledger
    }

    private func findings(_ desk: RoutingDesk) async throws -> DoctorFinding {
        var options = DoctorOptions()
        options.skipped = Set(DoctorCheck.allCases).subtracting([.histories])
        return try await desk.database.withEnvironment(role: "docket_migrate", connections: 2) { [options] environment in
            let schema = SchemaFacts(applied: 1, pending: []).finding
            return try #require(try await Doctor(environment: environment, options: options).examine(schema: schema).first)
        }
    }

    @Test("After routing the history is no finding, and the next change brings the clocks to it")
    func assigned() async throws {
        try await RoutingDesk.with { desk in
            try await desk.tenant.addPolicy(Self.policy)
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            let before = try await findings(desk)
            #expect(before.status == .ok, "\(before.message)")
            _ = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .agent(agent)),
                visibility: .public,
                author: .agent(agent),
                body: "On it."
            )
            #expect(try await ledger(desk, id) == rebuilt(desk, id))
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .waitingCustomer)
            #expect(try await ledger(desk, id) == rebuilt(desk, id))
            #expect(try await findings(desk).status == .ok)
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
            let finding = try await findings(desk)
            #expect(finding.status == .ok, "\(finding.message)")
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
            try await desk.database.withEnvironment(role: "docket_scheduler") { scheduler in
                _ = try await DueTimers(environment: scheduler).fire(in: desk.tenant.id, limit: 10)
            }
            #expect(try await findings(desk).status == .ok)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            #expect(try await ledger(desk, id) == rebuilt(desk, id))
            #expect(try await findings(desk).status == .ok)
            let breaches = try await desk.history(of: id).count { if case .timerBreached = $0.payload { true } else { false } }
            #expect(breaches == 2, "the first response and the stage, each once")
        }
    }
}
