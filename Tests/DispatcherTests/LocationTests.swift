import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Service areas and the nearest agent (routing.md C, D; features.md A3.1, A3.4), from the tables to the assignment.
@Suite struct LocationTests {
    private static func create(_ desk: RoutingDesk, in area: String? = nil, at place: GeoPoint? = nil) async throws -> TicketID {
        let content = TicketContent(subject: "x", serviceArea: area, place: place)
        guard case .done(let change) = try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system) else {
            throw UseCaseError.busy
        }
        #expect(try await desk.ticket(change.after.id).content == change.after.content, "the columns give back what was written")
        return change.after.id
    }

    private static func point(_ latitude: Int, _ longitude: Int) throws -> GeoPoint {
        try #require(GeoPoint(latitudeMicrodegrees: latitude, longitudeMicrodegrees: longitude))
    }

    private static func agent(_ desk: RoutingDesk, areas: [String] = [], at place: GeoPoint? = nil, capacity: Int = 5) async throws -> AgentID {
        let agent = try await desk.tenant.addAgent(capacity: capacity)
        _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id, expectedVersion: nil) { before in
            var content = before
            content.serviceAreas = areas
            content.place = place
            return content
        }
        return agent
    }

    @Test("A ticket of an area goes to agents of it, or to those who serve everywhere; the reason for the others is recorded")
    func areas() async throws {
        try await RoutingDesk.with { desk in
            let north = try await Self.agent(desk, areas: ["north", "west"])
            let ticket = try await Self.create(desk, in: "south")
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("out_of_area"))
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(ticket, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.agents.map(\.refusal) == ["out_of_area"])
            let western = try await Self.create(desk, in: "west")
            let anywhere = try await Self.create(desk)
            #expect(Set(try await desk.pass().assigned.map(\.ticket)) == [western, anywhere])
            #expect(try await desk.ticket(western).assigneeID == north)
            let everywhere = try await Self.agent(desk)
            #expect(try await desk.pass().assigned.map(\.agent) == [everywhere])
        }
    }

    @Test("Tickets of an area that nobody serves do not hide one of another behind them")
    func hidden() async throws {
        try await RoutingDesk.with { desk in
            for _ in 0..<12 { _ = try await Self.create(desk, in: "south") }
            let behind = try await Self.create(desk, in: "north")
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 2)
            let agent = try await Self.agent(desk, areas: ["north"])
            #expect(try await desk.pass(limit: 2).assigned.map(\.ticket) == [behind])
            #expect(try await desk.ticket(behind).assigneeID == agent)
        }
    }

    @Test("A queue that sends the nearest looks at the distance before the load; agents without a place come last")
    func nearest() async throws {
        try await RoutingDesk.with(mode: "nearest") { desk in
            let potsdam = try await Self.agent(desk, at: Self.point(52_390_569, 13_064_473), capacity: 1)
            let hamburg = try await Self.agent(desk, at: Self.point(53_551_086, 9_993_682), capacity: 1)
            let nowhere = try await Self.agent(desk, capacity: 9)
            let berlin = try Self.point(52_520_008, 13_404_954)
            for expected in [potsdam, hamburg, nowhere] {
                let ticket = try await Self.create(desk, at: berlin)
                #expect(try await desk.pass().assigned.map(\.agent) == [expected])
                #expect(try await desk.ticket(ticket).content.place == berlin)
            }
        }
    }

    @Test("Another place is another class: the agents' order differs")
    func classes() async throws {
        try await RoutingDesk.with(mode: "nearest") { desk in
            _ = try await Self.create(desk, at: Self.point(1, 2))
            _ = try await Self.create(desk, at: Self.point(2, 1))
            _ = try await Self.create(desk, at: Self.point(1, 2))
            _ = try await Self.create(desk)
            #expect(try await desk.number("SELECT count(DISTINCT class_key) FROM docket.routing_entry") == 3)
        }
    }
}
