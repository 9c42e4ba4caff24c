import Domain
import Store
import TestSupport
import Testing
import UseCases

/// "An urgent ticket not touched for four hours notifies the department's head" (features.md A5.6, sla.md, Named rules; D14).
@Suite(.serialized) struct InactivityTests {
    private static func policy(_ mode: String = "calendar") -> String {
        #"""
        {"name":"Urgent","conditions":{"field":"priority","op":"equals","value":1},
        "targets":[{"metric":"agent_inactivity","seconds":14400,"mode":"\#(mode)"}],"calendar_id":"$CALENDAR"}
        """#
    }

    private func urgent(_ desk: SchedulerDesk, group: GroupID) async throws -> TicketID {
        try await desk.create(TicketContent(subject: "Down", priority: .p1, groupID: group))
    }

    @Test("3:59:59 is silent; at 4:00:00 three schedulers give exactly one notice")
    func fourHours() async throws {
        try await SchedulerDesk.with(policy: Self.policy()) { desk in
            let head = try await desk.tenant.addAgent()
            let group = try await desk.addGroup(head: head)
            try await desk.addChain(desk.chain(desk.level(#"{"type":"supervisor"}"#, timeout: 86_400)))
            let id = try await urgent(desk, group: group)
            _ = try await desk.create(TicketContent(subject: "Not urgent", priority: .p3, groupID: group))
            try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                try await desk.database.withEnvironment(role: "docket_scheduler") { third in
                    try await desk.withSchedulers([desk.scheduler, second, third], pollInterval: .milliseconds(20)) {
                        try await desk.advance(by: 14_399)
                        // A look of each of them, and more.
                        for _ in 0..<10 { #expect(try await desk.fire().claimed == 0) }
                        #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 0)
                        try await desk.advance(by: 1)
                        try await desk.eventually("somebody is told") { try await desk.mailboxes().count > 0 }
                        try await desk.advance(by: 3_600)
                        for _ in 0..<10 { _ = try await desk.fire() }
                    }
                }
            }
            #expect(try await desk.mailboxes() == [desk.address(head)])
            #expect(try await desk.kinds(of: id) == ["ticket.created", "sla.breached", "escalation.fired"])
        }
    }

    @Test("Any action of an agent begins the four hours anew", arguments: ["reply", "note", "claim", "urge", "follow", "update"])
    func touch(action: String) async throws {
        try await SchedulerDesk.with(policy: Self.policy()) { desk in
            let head = try await desk.tenant.addAgent()
            let group = try await desk.addGroup(head: head)
            try await desk.addChain(desk.chain(desk.level(#"{"type":"supervisor"}"#, timeout: 86_400)))
            let id = try await urgent(desk, group: group)
            try await desk.advance(by: 14_000)
            let (tenant, commands, by) = (desk.tenant.id, desk.commands, Actor.agent(head))
            switch action {
            case "reply": try await desk.reply(to: id, by: head)
            case "note":
                _ = try await commands.addMessage(
                    TicketRequest(id, in: tenant, by: by),
                    visibility: .internal,
                    author: .agent(head),
                    body: "Looking."
                )
            case "claim": _ = try await commands.claim(TicketRequest(id, in: tenant, by: .agent(head)), by: head)
            case "urge": _ = try await commands.urge(TicketRequest(id, in: tenant, by: by), text: "Go on")
            case "follow": _ = try await commands.follow(TicketRequest(id, in: tenant, by: by), agent: head)
            default:
                let version = try await desk.ticket(id).version
                _ = try await commands.update(TicketRequest(id, in: tenant, by: by, expectedVersion: ExpectedVersions(version)), reason: nil) {
                    content in
                    var content = content
                    content.category = "network"
                    return content
                }
            }
            try await desk.advance(by: 14_399)
            #expect(try await desk.fire().breaches == 0)
            #expect(try await desk.mailboxes() == [])
            try await desk.advance(by: 1)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await desk.mailboxes() == [desk.address(head)])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("In business time a closed calendar stops the four hours")
    func business() async throws {
        // Open for two hours of every day: the four hours are over after the second of them, whenever the test runs.
        let hours = Weekday.allCases.map { #""\#($0.rawValue)":[["08:00","10:00"]]"# }.joined(separator: ",")
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(Self.policy("business"), calendar: #"{"tz":"UTC","weekly":{\#(hours)}}"#)
            try await database.withEnvironment { api in
                try await database.withEnvironment(role: "docket_scheduler") { scheduler in
                    let desk = SchedulerDesk(database: database, tenant: tenant, api: api, scheduler: scheduler)
                    let head = try await tenant.addAgent()
                    let group = try await desk.addGroup(head: head)
                    try await desk.addChain(desk.chain(desk.level(#"{"type":"supervisor"}"#, timeout: 86_400)))
                    let untilEight = try await desk.number(
                        "SELECT ceil(extract(epoch FROM date_trunc('day', docket.now() AT TIME ZONE 'UTC') + interval '32 hours' - docket.now() AT TIME ZONE 'UTC'))"
                    )
                    try await desk.advance(by: Double(untilEight))
                    _ = try await self.urgent(desk, group: group)
                    try await desk.advance(by: 14_400 + 3_600)
                    #expect(try await desk.fire().claimed == 0)
                    // Up to the end of the second day's hours.
                    try await desk.advance(by: 86_400)
                    #expect(try await desk.fire().claimed == 0)
                    try await desk.advance(by: 86_400)
                    #expect(try await desk.fire().breaches == 1)
                }
            }
        }
    }

    @Test("Level after level reaches other people, until somebody takes care (D14)")
    func levels() async throws {
        try await SchedulerDesk.with(policy: Self.policy()) { desk in
            let owner = try await desk.tenant.addAgent()
            let head = try await desk.tenant.addAgent()
            let manager = try await desk.tenant.addAgent()
            let onCall = try await desk.tenant.addAgent()
            try await desk.database.sql("UPDATE docket.agent SET manager_id = '\(manager)' WHERE id = '\(owner)'")
            let group = try await desk.addGroup(head: head)
            let rota = try await desk.addRota([onCall])
            try await desk.addChain(
                desk.chain(
                    desk.level(#"{"type":"assignee"}"#, timeout: 1_800),
                    desk.level(#"{"type":"supervisor"}"#, timeout: 1_800),
                    desk.level(#"{"type":"manager"}"#, timeout: 1_800),
                    desk.level(#"{"type":"rota","id":"\#(rota)"}"#, timeout: 1_800)
                )
            )
            // A level is due a second after the last look of each round: no real second may pass meanwhile.
            try await desk.database.freezeClock()
            let id = try await urgent(desk, group: group)
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: owner)
            try await desk.advance(by: 14_400)
            var told: [String] = []
            for person in [owner, head, manager] {
                _ = try await desk.fire()
                told.append(desk.address(person))
                #expect(try await desk.mailboxes() == told.sorted())
                try await desk.advance(by: 1_799)
                _ = try await desk.fire()
                #expect(try await desk.mailboxes().count == told.count)
                try await desk.advance(by: 1)
            }
            #expect(try await desk.acknowledge(id) == 1)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == told.sorted())
        }
    }
}
