import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Reports are what the histories say, however late anybody recorded it.
@Suite struct SLAReportTests {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":14400,"mode":"calendar"},
        {"metric":"resolution","priority":1,"seconds":5400,"mode":"calendar"},{"metric":"agent_work","seconds":7200,"mode":"calendar"}],
        "pauses":[{"metric":"resolution","category":"pending"}]}
        """#

    @Test("The rows equal a count over replayed histories, with a scheduler that comes by seldom", arguments: [1, 2, 3, 4] as [UInt64])
    func rowsEqualReplay(seed: UInt64) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(Self.policy)
            let agent = try await tenant.addAgent()
            try await database.withEnvironment { api in
                try await database.withEnvironment(role: "docket_scheduler", connections: 2) { scheduler in
                    let begin = try await api.clock.read().adding(microseconds: -3_600_000_000)
                    let tickets = try await Self.play(seed, tenant: tenant, agent: agent, database: database, api: api, scheduler: scheduler)
                    let end = try await api.clock.read().adding(microseconds: 3_600_000_000)
                    let reports = SLAReports(environment: api, zones: OnlyUTC())
                    let sets: [Set<SLAReport.Dimension>] = [
                        [], [.priority], [.group], [.organization], [.priority, .customer, .period, .group, .organization],
                    ]
                    for dimensions in sets {
                        let query = SLAReports.Query(span: begin..<end, dimensions: dimensions, unit: .day)
                        let report = try await reports.report(query, in: tenant.id)
                        let expected = try await Self.count(tickets, report, tenant: tenant, api: api)
                        let found = Dictionary(uniqueKeysWithValues: report.rows.map { ($0.key, $0.counts) })
                        #expect(found == expected, "seed \(seed), by \(dimensions.map(\.rawValue))")
                        #expect(found.values.contains { $0.breached > 0 }, "seed \(seed)")
                        for size in [1, 7] {
                            let pieces = SLAReports(environment: api, zones: OnlyUTC(), pieceSize: size)
                            #expect(try await pieces.report(query, in: tenant.id).rows == report.rows, "seed \(seed), in pieces of \(size)")
                        }
                    }
                    // What fell due and was never recorded counts too: firing it all changes nothing.
                    let query = SLAReports.Query(span: begin..<end, dimensions: [.period], unit: .day)
                    let before = try await reports.report(query, in: tenant.id)
                    while try await DueTimers(environment: scheduler).fire(in: tenant.id, limit: 100).claimed > 0 {}
                    #expect(try await reports.report(query, in: tenant.id).rows == before.rows, "seed \(seed)")
                }
            }
        }
    }

    /// Random work on tickets over some days.
    private static func play(
        _ seed: UInt64,
        tenant: TestTenant,
        agent: AgentID,
        database: TestDatabase,
        api: UseCaseEnvironment,
        scheduler: UseCaseEnvironment
    ) async throws -> [TicketID] {
        var random = Numbers(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let directory = DirectoryCommands(
            environment: api,
            tools: DirectoryTools(zones: OnlyUTC(), secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in nil }
        )
        var organizations: [OrganizationID?] = [nil]
        var requesters: [RequesterID?] = [nil]
        for name in ["Acme", "Globex"] {
            guard case .done(let made) = try await directory.createOrganization(OrganizationContent(name: name), in: tenant.id) else { continue }
            organizations.append(made.id)
            let content = RequesterContent(name: name, email: "\(name)@example.com", organizationID: made.id)
            guard case .done(let requester) = try await directory.createRequester(content, in: tenant.id) else { continue }
            requesters.append(requester.id)
        }
        let commands = TicketCommands(environment: api)
        var tickets: [TicketID] = []
        for _ in 0..<60 {
            try await database.advanceClock(by: Double.random(in: 60...7_200, using: &random))
            try await api.clock.read()
            try await scheduler.clock.read()
            if tickets.count < 12, tickets.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
                let priority = Priority.allCases.randomElement(using: &random) ?? .p3
                let new = NewTicket(
                    content: TicketContent(subject: "x", requesterID: requesters.randomElement(using: &random) ?? nil, priority: priority),
                    priority: priority
                )
                guard case .done(let change) = try await commands.create(new, in: tenant.id, by: .system) else { continue }
                tickets.append(change.after.id)
            }
            if Int.random(in: 0..<10, using: &random) == 0 { _ = try await DueTimers(environment: scheduler).fire(in: tenant.id, limit: 2) }
            if Int.random(in: 0..<6, using: &random) == 0, let requester = requesters.randomElement(using: &random) ?? nil {
                let organization = organizations.randomElement(using: &random) ?? nil
                _ = try await directory.updateRequester(requester, in: tenant.id) { content in
                    var content = content
                    content.organizationID = organization
                    return content
                }
                while try await Reevaluations(environment: scheduler).step(in: tenant.id).end == .more {}
            }
            guard let id = tickets.randomElement(using: &random) else { continue }
            do {
                switch Int.random(in: 0..<5, using: &random) {
                case 0: _ = try await commands.assign(TicketRequest(id, in: tenant.id, by: .system), to: agent)
                case 1:
                    let states: [TicketState] = [.inProgress, .waitingCustomer, .resolved, .resolved, .closed]
                    _ = try await commands.transition(
                        TicketRequest(id, in: tenant.id, by: .agent(agent)),
                        to: states.randomElement(using: &random) ?? .resolved,
                        isWithoutAgent: true
                    )
                case 2: _ = try await commands.release(TicketRequest(id, in: tenant.id, by: .system))
                default:
                    let author: TicketMessage.Author = Bool.random(using: &random) ? .agent(agent) : .requester(nil)
                    _ = try await commands.addMessage(TicketRequest(id, in: tenant.id, by: .system), visibility: .public, author: author, body: "x")
                }
            } catch UseCaseError.refused {
                continue
            }
        }
        return tickets
    }

    /// The same counts, from the events alone.
    private static func count(
        _ tickets: [TicketID],
        _ report: SLAReport,
        tenant: TestTenant,
        api: UseCaseEnvironment
    ) async throws -> [SLAReport.Key: SLAReport.Counts] {
        let engine = try await api.configurations.configuration(of: tenant.id).promises.engine
        let queries = TicketQueries(environment: api)
        var counts: [SLAReport.Key: SLAReport.Counts] = [:]
        for id in tickets {
            let ticket = try await queries.ticket(id, in: tenant.id)
            let events = try await queries.history(of: id, in: tenant.id, after: 0, limit: 1_000)
            var ledger = try engine.replay(events.flatMap { $0.signals(lifecycle: api.rules.lifecycle) }).ledger
            _ = ledger.fire(now: report.asOf)
            for timer in ledger.promised where report.span.contains(timer.countedAt) {
                let key = SLAReport.Key(
                    metric: timer.metric,
                    priority: report.dimensions.contains(.priority) ? ticket.content.priority : nil,
                    group: report.dimensions.contains(.group) ? timer.group ?? ticket.content.groupID : nil,
                    customer: report.dimensions.contains(.customer) ? ticket.content.requesterID : nil,
                    organization: report.dimensions.contains(.organization) ? organization(of: timer, ledger.facts) : nil,
                    period: report.periods.index(of: timer.countedAt)
                )
                counts[key, default: SLAReport.Counts()].add(timer.outcome)
            }
        }
        return counts
    }

    /// Whose the ticket was when the outcome came; whose it is, while there is none.
    private static func organization(of timer: SLATimer, _ facts: SLAFacts) -> OrganizationID? {
        timer.outcome == .running ? facts.organization : facts.organization(at: timer.countedAt)
    }

    @Test("Few reports at a time, and fewer of one tenant; those that end make room")
    func gate() async throws {
        let gate = ReportGate()
        let (one, two) = (TenantID(high: 1, low: 1), TenantID(high: 1, low: 2))
        try await gate.run(for: one) {
            try await gate.run(for: one) {
                await #expect(throws: UseCaseError.self) { try await gate.run(for: one) {} }
                try await gate.run(for: two) {
                    _ = await #expect(throws: UseCaseError.self) { try await gate.run(for: two) {} }
                }
                try await gate.run(for: two) {}
            }
            try await gate.run(for: one) {}
        }
    }

    @Test("Times, zones and sizes that are not possible are refused")
    func refusals() async throws {
        try await DirectoryDesk.with { desk in
            let reports = SLAReports(environment: desk.environment, zones: OnlyUTC())
            let now = try await desk.environment.clock.read()
            let day: Int64 = 86_400_000_000
            let queries = [
                SLAReports.Query(span: now..<now.adding(microseconds: 3_700 * day)),
                SLAReports.Query(span: now..<now.adding(microseconds: day), zone: "Mars/Olympus"),
                SLAReports.Query(span: now..<now.adding(microseconds: 900 * day), dimensions: [.period], unit: .day),
                SLAReports.Query(span: Timestamp(microseconds: -9_000_000_000_000_000)..<Timestamp(microseconds: -8_999_999_999_999_999)),
            ]
            for query in queries {
                await #expect(throws: UseCaseError.self) { try await reports.report(query, in: desk.id) }
            }
            let empty = try await reports.report(SLAReports.Query(span: now..<now.adding(microseconds: day)), in: desk.id)
            #expect(empty.rows == [] && empty.periods.starts.count == 1)
        }
    }
}
