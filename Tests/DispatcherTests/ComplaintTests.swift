import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What people complained about in other desks' routing (features.md, complaint cases D1 to D5): each must not happen here.
@Suite struct ComplaintTests {
    @Test("D1: tickets are given out by themselves; nobody takes another's; who hoards beyond his capacity is seen to")
    func assignsByItself() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            let first = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            let other = try await desk.tenant.addAgent(capacity: 1)
            await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.claim(TicketRequest(first, in: desk.tenant.id, by: .agent(other)), by: other)
            }
            #expect(try await desk.ticket(first).assigneeID == agent)
            let second = try await desk.create()
            _ = try await desk.commands.claim(TicketRequest(second, in: desk.tenant.id, by: .agent(agent)), by: agent)
            #expect(try await desk.ticket(second).isOverCapacity)
            let third = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.agent) == [other])
            #expect(try await desk.ticket(third).assigneeID == other)
        }
    }

    @Test("D2: whoever gets room drains the oldest waiting ticket first, whatever comes meanwhile")
    func drainsTheOldestFirst() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 2)
            var order: [TicketID] = []
            for _ in 0..<6 { order.append(try await desk.create()) }
            var given = try await desk.pass().assigned.map(\.ticket)
            for turn in 0..<10 where given.count < 12 {
                order.append(try await desk.create())
                _ = try await desk.commands.transition(TicketRequest(given[turn], in: desk.tenant.id, by: .agent(agent)), to: .resolved)
                given += try await desk.pass().assigned.map(\.ticket)
            }
            #expect(given == Array(order.prefix(given.count)))
            #expect(given.count == 12)
        }
    }

    @Test("D3: round robin and least loaded exist, and are even", arguments: ["round_robin", "least_loaded"])
    func sharesEvenly(mode: String) async throws {
        try await RoutingDesk.with(mode: mode) { desk in
            for _ in 0..<3 { _ = try await desk.tenant.addAgent(capacity: 10) }
            for _ in 0..<3 {
                for _ in 0..<3 { try await desk.create() }
                let given = try await desk.pass().assigned.map(\.agent)
                #expect(Set(given).count == 3, "three tickets for three agents")
            }
            #expect(try await desk.value("SELECT array_agg(load) FROM docket.agent_load") == "{3,3,3}")
        }
    }

    @Test("D4: skills are asked for on every channel", arguments: Channel.allCases)
    func skillsOnEveryChannel(channel: Channel) async throws {
        try await RoutingDesk.with { desk in
            let skill = try await desk.tenant.addSkill("fr")
            _ = try await desk.tenant.addAgent(capacity: 100)
            let speaker = try await desk.tenant.addAgent(capacity: 100, skills: [SkillLevel(skill, level: 3)])
            let needs = SkillRequirements(required: [SkillLevel(skill, level: 2)])
            let content = TicketContent(subject: "Bonjour", channel: channel, skills: needs)
            _ = try await desk.commands.create(NewTicket(content: content), in: desk.tenant.id, by: .system)
            #expect(try await desk.pass().assigned.map(\.agent) == [speaker])
        }
    }

    @Test("D5: who comes back with nothing is not flooded; nobody who is away is fallen back to, and the reason stands")
    func floodsNobody() async throws {
        try await RoutingDesk.with(mode: "least_loaded", hasTestClock: true) { desk in
            let busy = try await desk.tenant.addAgent(capacity: 10)
            let away = try await desk.tenant.addAgent(capacity: 10, isOnline: false)
            for _ in 0..<6 { try await desk.create() }
            #expect(Set(try await desk.pass().assigned.map(\.agent)) == [busy])
            // He comes back and would be the least loaded for five tickets in a row: the ramp-up gives him one, and the rest is shared.
            try await desk.database.sql("UPDATE docket.agent_load SET ramp_up_seconds = 120 WHERE agent_id = '\(away)'")
            try await desk.heartbeat(of: away)
            for _ in 0..<4 { try await desk.create() }
            let given = try await desk.pass().assigned.map(\.agent)
            #expect(given.count { $0 == away } == 1 && given.count { $0 == busy } == 3)

            try await desk.heartbeat(of: away, status: .offline)
            try await desk.heartbeat(of: busy, status: .offline)
            let last = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.ticket(last).assigneeID == nil)
            let reasons = try await desk.value("SELECT reasons FROM docket.routing_refusal LIMIT 1")
            #expect(reasons.contains("unroutable") && reasons.contains("offline"))
        }
    }
}
