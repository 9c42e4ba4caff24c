import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A3.16: a reported change starts the tasks of the plans for the ticket's type.
@Suite struct PlaybookTests {
    private static func plan(_ name: String, _ trigger: PlaybookTrigger = .delayed, types: [String] = [], steps: [String]) -> PlaybookContent {
        PlaybookContent(
            name: name,
            trigger: trigger,
            ticketTypes: types,
            steps: steps.map { PlaybookContent.Step(title: $0, dueAfterSeconds: 3_600) }
        )
    }

    private func directory(_ desk: VerbDesk) -> DirectoryCommands {
        let vault = WebhookSecretVault(SecretBox(current: MasterKey()))
        return DirectoryCommands(environment: desk.environment, tools: DirectoryTools(zones: OnlyUTC(), secrets: vault) { _ in nil })
    }

    private func add(_ content: PlaybookContent, _ desk: VerbDesk) async throws -> Playbook {
        guard case .done(let playbook) = try await directory(desk).createPlaybook(content, in: desk.tenant.id) else {
            throw UseCaseError.notFound
        }
        return playbook
    }

    private func titles(_ id: TicketID, _ desk: VerbDesk) async throws -> [String] {
        try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 100).map(\.title)
    }

    @Test("A change starts the active plans for it and for the type, by name, and the history says which")
    func starts() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket()
            let type = try await desk.queries.ticket(id, in: desk.tenant.id).content.type
            let second = try await add(Self.plan("b", types: [type], steps: ["tell the customer", "ask for staff"]), desk)
            let first = try await add(Self.plan("a", steps: ["look at the plan"]), desk)
            _ = try await add(Self.plan("other type", types: ["\(type)-not"], steps: ["never"]), desk)
            _ = try await add(Self.plan("other trigger", .requirementChanged, steps: ["never"]), desk)
            var resting = Self.plan("resting", steps: ["never"])
            resting.isActive = false
            _ = try await add(resting, desk)
            _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "parts are late")
            #expect(try await titles(id, desk) == ["look at the plan", "tell the customer", "ask for staff"])
            let tasks = try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 100)
            #expect(tasks.map(\.playbookID) == [first.id, second.id, second.id])
            #expect(tasks.allSatisfy { $0.dueAt == $0.startedAt.adding(microseconds: 3_600_000_000) && $0.finish == nil })
            #expect(try await desk.kinds(id, last: 1) == ["ticket.change_reported"])
            // Once more is another change: the plan begins anew. An edit does not reach tasks that were started.
            _ = try await directory(desk).updatePlaybook(first.id, in: desk.tenant.id) { before in
                var after = before
                after.steps = [PlaybookContent.Step(title: "look twice")]
                return after
            }
            _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "again")
            #expect(try await titles(id, desk).filter { $0.hasPrefix("look") } == ["look at the plan", "look twice"])
            try await desk.expectConsistent(id)
        }
    }

    @Test("A task is ended once, by whoever says so, with its result")
    func finishes() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket()
            _ = try await add(Self.plan("a", steps: ["one", "two"]), desk)
            _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            let tasks = try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 10)
            let actor = Actor.agent(desk.agents[0])
            _ = try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: actor), task: tasks[0].id, as: .done, note: "told")
            try await desk.expectRefusal(.verb(.taskFinished), of: id) {
                try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: actor), task: tasks[0].id, as: .skipped, note: nil)
            }
            _ = try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: .system), task: tasks[1].id, as: .skipped, note: nil)
            let ended = try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 10).map(\.finish)
            #expect(ended.map { $0?.outcome } == [.done, .skipped])
            #expect(ended.map { $0?.note } == ["told", nil])
            #expect(ended.map { $0?.actor } == [actor, .system])
            #expect(try await desk.kinds(id, last: 2) == ["ticket.task_finished", "ticket.task_finished"])
            try await desk.expectConsistent(id)
        }
    }

    @Test("What a plan requires is done or skipped before the ticket is resolved or merged away, whoever wants that; all else does not matter")
    func required() async throws {
        try await VerbDesk.with { desk in
            let (id, other) = (try await desk.ticket(assignedTo: desk.agents[0]), try await desk.ticket())
            var plan = Self.plan("a", steps: ["optional"])
            plan.steps += ["first", "second"].map { PlaybookContent.Step(title: $0, isRequired: true) }
            _ = try await add(plan, desk)
            _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            let tasks = try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 10)
            #expect(tasks.map(\.isRequired) == [false, true, true])
            #expect(try await desk.row(id).attention == TicketAttention(taskCount: 3, openRequiredTasks: 2))
            let both = OpenTasks(count: 2, first: tasks.dropFirst().map { OpenTasks.Task(id: $0.id, title: $0.title) })
            for actor in [Actor.system, .agent(desk.agents[0])] {
                try await desk.expectRefusal(.verb(.requiredTasksOpen(both)), of: id) {
                    try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: actor), to: .resolved)
                }
            }
            try await desk.expectRefusal(.verb(.requiredTasksOpen(both)), of: id) {
                try await desk.commands.merge(TicketRequest(id, in: desk.tenant.id, by: .system), into: other)
            }
            // Work goes on all the same.
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .onHold)
            _ = try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: .system), task: tasks[1].id, as: .done, note: "told")
            let last = OpenTasks(count: 1, first: [OpenTasks.Task(id: tasks[2].id, title: "second")])
            try await desk.expectRefusal(.verb(.requiredTasksOpen(last)), of: id) {
                try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            }
            _ = try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: .system), task: tasks[2].id, as: .skipped, note: nil)
            try await desk.expectConsistent(id)
            for state in [TicketState.resolved, .closed, .archived] {
                _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: state)
            }
            // Another ticket may be merged into one that has tasks to be done.
            let third = try await desk.ticket()
            _ = try await desk.commands.report(TicketRequest(third, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            _ = try await desk.commands.merge(TicketRequest(other, in: desk.tenant.id, by: .system), into: third)
            #expect(try await desk.row(third).attention.openRequiredTasks == 2)
            for id in [id, other, third] { try await desk.expectConsistent(id) }
        }
    }

    @Test("Of very many open tasks the first are named, and all are counted")
    func manyRequired() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket()
            var plan = Self.plan("a", steps: [])
            plan.steps = (1...50).map { PlaybookContent.Step(title: "step \($0)", isRequired: true) }
            _ = try await add(plan, desk)
            _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            do {
                _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
                Issue.record("the ticket was resolved")
            } catch UseCaseError.refused(.verb(.requiredTasksOpen(let open))) {
                #expect(open.count == 50 && open.first.map(\.title) == (1...OpenTasks.limit).map { "step \($0)" })
            }
        }
    }

    @Test("Solved tickets start no plan; a ticket that would get too many tasks gets none; foreign tasks are not found")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket(assignedTo: desk.agents[0])
            _ = try await add(Self.plan("a", steps: (1...50).map { "step \($0)" }), desk)
            for _ in 1...10 { _ = try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x") }
            try await desk.expectRefusal(.verb(.tooManyTasks), of: id) {
                try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            }
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket_task") == [["500"]])
            let task = try #require(try await desk.queries.tasks(of: id, in: desk.tenant.id, after: nil, limit: 1).first)
            let other = try await desk.ticket()
            let error = await #expect(throws: UseCaseError.self) {
                try await desk.commands.finish(TicketRequest(other, in: desk.tenant.id, by: .system), task: task.id, as: .done, note: nil)
            }
            if case .notFound? = error {} else { Issue.record("a foreign task was found: \(String(describing: error))") }
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            try await desk.expectRefusal(.verb(.solved(.resolved)), of: id) {
                try await desk.commands.report(TicketRequest(id, in: desk.tenant.id, by: .system), of: .delayed, note: "x")
            }
            _ = try await desk.commands.finish(TicketRequest(id, in: desk.tenant.id, by: .system), task: task.id, as: .done, note: nil)
            try await desk.expectConsistent(id)
        }
    }
}
