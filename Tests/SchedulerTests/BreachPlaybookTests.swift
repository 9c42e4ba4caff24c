import Domain
import Postgres
import Store
import TestSupport
import Testing
import UseCases

/// Plans for broken promises begin by themselves, once for each breach (features.md A3.16).
@Suite struct BreachPlaybookTests {
    @Test("A breach starts the active plans for its metric and the ticket's type, by name, in the transaction that records it, and once")
    func starts() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let second = try await desk.addPlan("b", [.firstResponse, .resolution], types: ["incident"])
            let first = try await desk.addPlan("a", steps: 1)
            try await desk.addPlan("other metric", [.resolution])
            try await desk.addPlan("other type", types: ["complaint"])
            try await desk.addPlan("other trigger", trigger: .delayed)
            try await desk.addPlan("resting", isActive: false)
            let id = try await desk.create()
            try await desk.advance(by: 1_801)
            #expect(try await desk.fire().warnings == 1)
            #expect(try await desk.tasks(of: id).isEmpty)
            try await desk.advance(by: 1_801)
            #expect(try await desk.fire().breaches == 1)
            let breached = ["ticket.created", "sla.warned", "sla.breached", "ticket.change_reported"]
            #expect(try await desk.kinds(of: id) == breached)
            let tasks = try await desk.tasks(of: id)
            #expect(tasks.map(\.title) == ["a 1", "b 1", "b 2"])
            #expect(tasks.map(\.playbookID) == [first.id, second.id, second.id])
            #expect(try await desk.ticket(id).attention == TicketAttention(taskCount: 3, openRequiredTasks: 2))
            let last = try #require(try await desk.history(of: id).last)
            #expect(tasks.allSatisfy { $0.startedAt == last.at && $0.dueAt == last.at.adding(microseconds: 600_000_000) })
            guard case .verb(.changeReported(let report)) = last.payload else {
                Issue.record("not a start")
                return
            }
            #expect(last.actor == .scheduler && report.trigger == .breached && report.note == nil)
            #expect(report.metric == .firstResponse && report.instance == 1 && report.taskCount == 3)
            #expect(report.playbookIDs == [first.id, second.id])
            // The queue's entry knows the ticket's version: it is assigned as before.
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry r JOIN docket.ticket t ON r.ticket_version = t.version") == 1)
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .onHold)
            #expect(try await desk.kinds(of: id) == breached + ["ticket.state_changed"])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Whoever records the breach starts the plan: a command that came before the scheduler; but what it solves needs none")
    func noticedByCommand() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("a")
            let agent = try await desk.tenant.addAgent()
            let (answered, solved) = (try await desk.create(), try await desk.create())
            try await desk.advance(by: 4_000)
            try await desk.reply(to: answered, by: agent)
            _ = try await desk.commands.transition(TicketRequest(solved, in: desk.tenant.id, by: .system), to: .resolved)
            #expect(try await desk.kinds(of: answered).suffix(2) == ["sla.breached", "ticket.change_reported"])
            #expect(try await desk.kinds(of: solved).last == "sla.breached")
            _ = try await desk.fire()
            #expect(try await desk.tasks(of: answered).count == 2)
            #expect(try await desk.tasks(of: solved).isEmpty)
            for id in [answered, solved] { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("A shorter target that is in the past already starts the plan with the re-evaluation; the next version of it once more")
    func retarget() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("a", [.firstResponse])
            var ids: [TicketID] = []
            for _ in 0..<10 { ids.append(try await desk.create(TicketContent(subject: "x", description: "Everything is kept."))) }
            try await desk.advance(by: 1_000)
            try await desk.setTarget(600)
            try await desk.reevaluate()
            _ = try await desk.fire()
            for id in ids {
                #expect(try await desk.kinds(of: id).suffix(2) == ["sla.breached", "ticket.change_reported"])
                #expect(try await desk.tasks(of: id).count == 2)
            }
            // The same target once more: no breach, no start.
            try await desk.editPolicy { $0.definition.name = "Renamed" }
            try await desk.reevaluate()
            _ = try await desk.fire()
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket_task") == 20)
            try await desk.setTarget(300)
            try await desk.reevaluate()
            _ = try await desk.fire()
            let breaches = try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE kind = 'breach'")
            #expect(breaches > ids.count)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket_task") == 2 * breaches)
            for id in ids { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("What was missed before a backdated ticket was recorded starts nothing")
    func suppressed() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("a")
            try await desk.advance(by: 10_000)
            let now = try await desk.api.clock.now()
            let new = NewTicket(content: TicketContent(subject: "late"), occurredAt: now.adding(microseconds: -7_200_000_000))
            guard case .done(let change) = try await desk.commands.create(new, in: desk.tenant.id, by: .system) else { throw UseCaseError.busy }
            _ = try await desk.fire()
            #expect(try await desk.kinds(of: change.after.id).contains("sla.breached"))
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE suppressed AND kind = 'breach'") == 1)
            #expect(try await desk.tasks(of: change.after.id).isEmpty)
        }
    }

    @Test("A ticket without room for a plan's tasks gets those that fit, and the breach is recorded all the same")
    func room() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("by hand", steps: 49, trigger: .delayed)
            try await desk.addPlan("large", steps: 11)
            try await desk.addPlan("small", steps: 10)
            let id = try await desk.create()
            for _ in 0..<10 { _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x") }
            try await desk.advance(by: 4_000)
            let report = try await desk.fire()
            #expect(report.failed.isEmpty && report.breaches == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket_task") == 500)
            #expect(try await desk.ticket(id).attention.taskCount == 500)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A level that is due with the breach and a plan for it are done in one transaction")
    func besideEscalation() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(agent), actions: #"["notify","raise_priority"]"#)))
            try await desk.addPlan("a")
            let id = try await desk.create()
            try await desk.advance(by: 4_000)
            _ = try await desk.fire()
            let kinds = try await desk.kinds(of: id)
            // The warning's level and the end of its chain come before the breach, as they would have in time; the plan comes with the breach.
            #expect(kinds.prefix(4) == ["ticket.created", "sla.warned", "escalation.fired", "ticket.updated"])
            #expect(kinds.dropFirst(4).prefix(4) == ["escalation.fired", "sla.breached", "ticket.change_reported", "escalation.fired"])
            #expect(try await desk.tasks(of: id).count == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A transaction that fails leaves neither the breach nor the tasks; the next one does both, once")
    func failing() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("a")
            let id = try await desk.create()
            try await desk.advance(by: 4_000)
            try await desk.database.sql("ALTER TABLE docket.ticket_task ADD CONSTRAINT never CHECK (false) NOT VALID")
            await #expect(throws: DueBatchFailure.self) { try await desk.fire() }
            #expect(try await desk.kinds(of: id) == ["ticket.created"])
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing") == 0)
            try await desk.database.sql("ALTER TABLE docket.ticket_task DROP CONSTRAINT never")
            #expect(try await desk.fire().breaches == 1)
            #expect(try await desk.tasks(of: id).count == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Two schedulers and commands in between: each breach starts its plan once")
    func schedulers() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.addPlan("a")
            let agent = try await desk.tenant.addAgent()
            let ids = try await desk.create(count: 60)
            try await desk.database.withEnvironment(role: "docket_scheduler", connections: 4) { other in
                try await desk.withSchedulers([desk.scheduler, other]) {
                    try await desk.advance(by: 4_000)
                    for id in ids.prefix(20) { try await desk.reply(to: id, by: agent) }
                    try await desk.eventually("all breaches are recorded") {
                        try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE kind = 'breach'") == ids.count
                    }
                }
            }
            let starts = "SELECT count(*) FROM docket.ticket_event WHERE kind = 'ticket.change_reported'"
            #expect(try await desk.number(starts) == ids.count)
            let twice = "SELECT count(*) FROM (SELECT FROM docket.ticket_task GROUP BY ticket_id HAVING count(*) <> 2) t"
            #expect(try await desk.number(twice) == 0)
            #expect(try await desk.number("SELECT count(DISTINCT ticket_id) FROM docket.ticket_task") == ids.count)
            for id in ids.prefix(30) { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("A tenant without a plan for the breach pays nothing; with one a batch asks once for all its tickets")
    func statements() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            try await database.withEnvironment { api in
                // One connection: what it has executed is what the batch has.
                try await database.withEnvironment(role: "docket_scheduler", connections: 1) { scheduler in
                    func executed(_ plan: (SchedulerDesk) async throws -> Void) async throws -> [String: Int] {
                        let tenant = try await TestTenant.make(in: database)
                        try await tenant.addPolicy(SchedulerDesk.oneHour)
                        let desk = SchedulerDesk(database: database, tenant: tenant, api: api, scheduler: scheduler)
                        try await plan(desk)
                        _ = try await desk.create(count: 5)
                        try await desk.advance(by: 4_000)
                        _ = try await scheduler.configurations.configuration(of: tenant.id)
                        let before = try await desk.executions()
                        #expect(try await desk.fire().breaches == 5)
                        return try await desk.executions().merging(before) { $0 - $1 }.filter { $0.value > 0 }
                    }
                    let bare = try await executed { _ in }
                    #expect(bare.values.reduce(0, +) >= 6)
                    #expect(try await executed { try await $0.addPlan("a", trigger: .delayed) } == bare)
                    #expect(try await executed { try await $0.addPlan("a", [.resolution]) } == bare)
                    let started = try await executed { try await $0.addPlan("a", [.firstResponse]) }
                    let more = started.filter { bare[$0.key] == nil }
                    #expect(more.count == 3 && more.values.allSatisfy { $0 == 1 }, "\(more.keys.map { $0.prefix(60) })")
                    #expect(more.count { $0.key.contains("INSERT INTO docket.ticket_task") && $0.value == 1 } == 1)
                    #expect(more.count { $0.key.contains("FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2)") && $0.value == 1 } == 1)
                }
            }
        }
    }

    @Test("As many plans for breaches as every process can know; metrics belong to them alone")
    func limits() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            for number in 0..<PlaybookContent.maximumForBreaches { try await desk.addPlan("\(number)") }
            await #expect(throws: UseCaseError.self) { try await desk.addPlan("one more") }
            let resting = try await desk.addPlan("resting", isActive: false)
            await #expect(throws: UseCaseError.self) {
                _ = try await desk.directory.updatePlaybook(resting.id, in: desk.tenant.id) { before in
                    var after = before
                    after.isActive = true
                    return after
                }
            }
            await #expect(throws: UseCaseError.self) { try await desk.addPlan("delayed", [.resolution], trigger: .delayed) }
            await #expect(throws: UseCaseError.self) { try await desk.addPlan("twice", [.resolution, .resolution], isActive: false) }
            // Others are no part of the configuration.
            let version = try await desk.number("SELECT version FROM docket.tenant_configuration")
            try await desk.addPlan("other", trigger: .requirementChanged)
            #expect(try await desk.number("SELECT version FROM docket.tenant_configuration") == version)
        }
    }
}

/// How often a connection has executed which of Docket's statements.
private struct ListExecutions: Statement {
    typealias Row = (sql: String, count: Int64)
    static let sql = "SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%docket.%'"

    func bind(into binder: inout Binder) {}

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        (try row.decode(String.self, at: 0), try row.decode(Int64.self, at: 1))
    }
}

extension SchedulerDesk {
    /// By the scheduler's only connection.
    fileprivate func executions() async throws -> [String: Int] {
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(ListExecutions())
        let rows = try await scheduler.database.run(unit).rows(handle)
        return Dictionary(rows.map { ($0.sql, Int($0.count)) }, uniquingKeysWith: +)
    }

    @discardableResult
    fileprivate func addPlan(
        _ name: String,
        _ metrics: [SLAMetric] = [],
        types: [String] = [],
        steps: Int = 2,
        trigger: PlaybookTrigger = .breached,
        isActive: Bool = true
    ) async throws -> Playbook {
        let content = PlaybookContent(
            name: name,
            trigger: trigger,
            metrics: metrics,
            ticketTypes: types,
            steps: (1...steps).map { PlaybookContent.Step(title: "\(name) \($0)", dueAfterSeconds: 600, isRequired: $0 == steps) },
            isActive: isActive
        )
        guard case .done(let playbook) = try await directory.createPlaybook(content, in: tenant.id) else { throw UseCaseError.busy }
        return playbook
    }

    fileprivate func tasks(of id: TicketID) async throws -> [TicketTask] {
        try await TicketQueries(environment: api).tasks(of: id, in: tenant.id, after: nil, limit: 1_000)
    }
}
