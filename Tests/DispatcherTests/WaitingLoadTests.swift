import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Tickets that wait for others and take a part of their agents' capacity (routing.md F).
@Suite struct WaitingLoadTests {
    @Test("A ticket takes its part while it waits, in full when it goes on, nothing when it is solved; and routing goes by that")
    func aTicketsLife() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 4)
            try await desk.setPercent(50)
            let id = try await desk.create(weight: 3)
            _ = try await desk.pass()
            #expect(try await desk.load() == 3)
            try await desk.move(id, to: .waitingCustomer, by: agent)
            // A fraction of a unit counts as one.
            #expect(try await desk.load() == 2)
            let heavy = try await desk.create(weight: 3)
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.drift().isEmpty)
            let explanations = RoutingExplanations(environment: desk.api)
            guard case .assigned(let explained) = try await explanations.explain(id, in: desk.tenant.id, asOfNow: true) else {
                Issue.record("the ticket is not assigned")
                return
            }
            #expect(explained.now?.explanation.agents.first?.rank?.load == 3)
            try await desk.move(id, to: .onHold, by: agent)
            #expect(try await desk.load() == 2)
            try await desk.move(id, to: .inProgress, by: agent)
            #expect(try await desk.load() == 3)
            try await desk.move(id, to: .waitingCustomer, by: agent)
            try await desk.move(id, to: .resolved, by: agent)
            #expect(try await desk.load() == 0)
            #expect(try await desk.pass().assigned.map(\.ticket) == [heavy])
            // Solved and opened again: in hand once more.
            try await desk.move(id, to: .inProgress, by: agent)
            #expect(try await desk.load() == 6)
            try await desk.move(id, to: .waitingCustomer, by: agent)
            try await desk.setPercent(100)
            #expect(try await desk.load() == 6)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test(
        "Solving what was being worked on begins the wrap-up; solving what waited for somebody else does not, whatever part it took",
        arguments: [(.assigned, true), (.inProgress, true), (.waitingCustomer, false), (.onHold, false)] as [(TicketState, Bool)]
    )
    func wrapUp(state: TicketState, begins: Bool) async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 4)
            try await desk.setPercent(50)
            try await desk.database.sql("UPDATE docket.agent_load SET wrap_up_seconds = 30")
            let id = try await desk.create(weight: 2)
            _ = try await desk.pass()
            if state != .assigned { try await desk.move(id, to: state, by: agent) }
            #expect(try await desk.load() == (begins ? 2 : 1))
            try await desk.move(id, to: .resolved, by: agent)
            #expect(try await desk.load() == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.agent_load WHERE wrap_up_until > docket.now()") == (begins ? 1 : 0))
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty == begins)
        }
    }

    @Test("Another percentage holds at once for all that waits, and gives routing a look")
    func changes() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 4)
            let id = try await desk.create(weight: 4)
            _ = try await desk.pass()
            try await desk.move(id, to: .waitingCustomer, by: agent)
            #expect(try await desk.load() == 0)
            try await desk.setPercent(100)
            #expect(try await desk.load() == 4)
            #expect(try await desk.drift().isEmpty)
            let next = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            try await desk.setPercent(25)
            #expect(try await desk.load() == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [next])
            #expect(try await desk.channels() == 2)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test("Changes of tickets beside changes of the percentage leave no load wrong")
    func besideEachOther() async throws {
        try await RoutingDesk.with(connections: 8) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 100)
            let tickets = try await desk.create(many: 8)
            _ = try await desk.pass()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, ticket) in tickets.enumerated() where index < 4 {
                    group.addTask {
                        for _ in 0..<6 {
                            try await desk.moveAnyway(ticket, to: .waitingCustomer, by: agent)
                            try await desk.moveAnyway(ticket, to: .inProgress, by: agent)
                        }
                        try await desk.moveAnyway(ticket, to: .waitingCustomer, by: agent)
                    }
                }
                group.addTask {
                    for percent in [100, 0, 100, 0, 100] { try await desk.setPercent(percent) }
                }
                try await group.waitForAll()
            }
            #expect(try await desk.load() == 8)
            #expect(try await desk.drift().isEmpty)
        }
    }

    @Test("While a change of the percentage waits for a command, a requester moves to another organization, whom the command then needs")
    func besideARequestersEdit() async throws {
        try await RoutingDesk.with { desk in
            let tenant = desk.tenant.id
            guard case .done(let ann) = try await desk.directory.createRequester(RequesterContent(name: "Ann", email: "ann@example.com"), in: tenant),
                case .done(let globex) = try await desk.directory.createOrganization(OrganizationContent(name: "Globex"), in: tenant)
            else { throw UseCaseError.busy }
            var unit = TenantUnit(tenant)
            let version = try #require(try await desk.api.database.first(LoadConfigurationVersion(tenant: tenant), of: tenant))
            unit.add(RequireConfiguration(tenant: tenant, version: version))
            let waiting = """
                SELECT count(*) FROM pg_locks
                WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            let setting = try await desk.dispatcher.database.transaction(unit) { transaction, _ in
                let setting = Task { try await desk.setPercent(50) }
                try await desk.eventually("the change waits for the command") {
                    try await desk.number(waiting) == 1
                }
                _ = try await desk.directory.updateRequester(ann.id, in: tenant) { before in
                    var content = before
                    content.organizationID = globex.id
                    return content
                }
                return setting
            }
            try await setting.value
            #expect(try await desk.number("SELECT waiting_load_percent FROM docket.tenant_configuration") == 50)
            #expect(try await desk.number("SELECT count(*) FROM docket.requester WHERE organization_id = '\(globex.id)'") == 1)
        }
    }

    @Test("The doctor's repair goes by the percentage, too")
    func repair() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 10)
            try await desk.setPercent(40)
            let id = try await desk.create(weight: 5)
            _ = try await desk.pass()
            try await desk.move(id, to: .waitingCustomer, by: agent)
            try await desk.database.sql("UPDATE docket.agent_load SET load = 9")
            #expect(try await desk.drift() == [agent])
            var unit = TenantUnit(desk.tenant.id)
            unit.add(RecomputeLoads(tenant: desk.tenant.id, agents: [agent], states: RoutingDesk.full, waiting: RoutingDesk.waiting))
            _ = try await desk.api.database.run(unit)
            #expect(try await desk.load() == 2)
            #expect(try await desk.drift().isEmpty)
        }
    }
}

extension RoutingDesk {
    fileprivate static let full = Lifecycle.standard.states.filter(\.category.takesCapacity).map(\.state)
    fileprivate static let waiting = Lifecycle.standard.states.filter(\.category.waitsForOthers).map(\.state)

    fileprivate func load() async throws -> Int { try await number("SELECT sum(load) FROM docket.agent_load") }

    fileprivate func channels() async throws -> Int {
        try await number("SELECT sum(n) FROM docket.agent_load, unnest(channel_loads) n")
    }

    fileprivate func setPercent(_ percent: Int) async throws {
        let administration = LifecycleAdministration(environment: api)
        var settings = try await administration.settings(in: tenant.id)
        settings.waitingLoadPercent = percent
        try await administration.set(settings, in: tenant.id)
    }

    fileprivate func move(_ ticket: TicketID, to state: TicketState, by agent: AgentID) async throws {
        _ = try await commands.transition(TicketRequest(ticket, in: tenant.id, by: .agent(agent)), to: state)
    }

    /// Again where the configuration changed too often meanwhile: a client would be told to come back.
    fileprivate func moveAnyway(_ ticket: TicketID, to state: TicketState, by agent: AgentID) async throws {
        while true {
            do {
                return try await move(ticket, to: state, by: agent)
            } catch UseCaseError.busy {
                continue
            }
        }
    }

    /// As the doctor looks.
    fileprivate func drift() async throws -> [AgentID] {
        var unit = TenantUnit(tenant.id)
        let drift = unit.add(LoadDrift(tenant: tenant.id, states: Self.full, waiting: Self.waiting, limit: 10))
        return try await api.database.run(unit).rows(drift).map(\.agent)
    }
}
