import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// The commands on tickets, on a real database.
@Suite struct TicketCommandsTests {
    private func withTenant(_ body: @Sendable (TestTenant, UseCaseEnvironment) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.withEnvironment { environment in
                try await body(tenant, environment)
            }
        }
    }

    private func created(_ outcome: CommandOutcome) throws -> Ticket {
        guard case .done(let change) = outcome else { throw UseCaseError.notFound }
        return change.after
    }

    @Test("A created ticket waits in the default queue, and its history rebuilds its row (I5)")
    func creation() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let queries = TicketQueries(environment: environment)
            let content = TicketContent(
                subject: "Printer on fire",
                impact: .high,
                urgency: .medium,
                fields: ["asset": .text("P-7"), "floor": .integer(3), "height": .number(2.5)]
            )
            let ticket = try created(try await commands.create(NewTicket(content: content), in: tenant.id, by: .system))
            #expect(ticket.state == .waitingAssignment)
            #expect(ticket.content.queueID == tenant.queue)
            #expect(ticket.content.priority == .p2)
            let stored = try await queries.ticket(ticket.id, in: tenant.id)
            #expect(stored == ticket)
            let history = try await queries.history(of: ticket.id, in: tenant.id, after: 0, limit: 100)
            #expect(Ticket.replay(history) == stored)
        }
    }

    @Test("A skill that is made after the tenant's configuration was read can be asked for at once; one that is none is refused")
    func newReference() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            _ = try await commands.create(NewTicket(content: TicketContent(subject: "First")), in: tenant.id, by: .system)
            let skill = try await tenant.addSkill("late")
            var content = TicketContent(subject: "Second")
            content.skills = SkillRequirements(required: [SkillLevel(skill, level: 1)], optional: [])
            let ticket = try created(try await commands.create(NewTicket(content: content), in: tenant.id, by: .system))
            #expect(ticket.content.skills.required.map(\.skill) == [skill])
            let nowhere: SkillID = IdentifierSource().next()
            content.skills = SkillRequirements(required: [SkillLevel(nowhere, level: 1)], optional: [])
            let unknown = content
            let error = await #expect(throws: UseCaseError.self) {
                try await commands.create(NewTicket(content: unknown), in: tenant.id, by: .system)
            }
            guard case .invalid(let problems) = error else {
                Issue.record("refused with \(String(describing: error))")
                return
            }
            #expect(problems.map(\.pointer) == ["/required_skills/\(nowhere)/skill_id"])
        }
    }

    @Test("Numbers are unique within a tenant under parallel creation (A1.2)")
    func numbers() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let outcome = try await commands.create(
                            NewTicket(content: TicketContent(subject: "Ticket \(index)")),
                            in: tenant.id,
                            by: .system
                        )
                        guard case .done(let change) = outcome else { return 0 }
                        return change.after.number
                    }
                }
                return try await group.reduce(into: [Int64]()) { $0.append($1) }
            }
            #expect(Set(numbers).count == 200)
            #expect(numbers.allSatisfy { $0 > 0 })
        }
    }

    @Test("Wrong references are all named, and nothing is created")
    func wrongReferences() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let identifiers = IdentifierSource()
            var content = TicketContent(subject: "x", queueID: identifiers.next(), groupID: identifiers.next())
            let nowhere: SkillID = identifiers.next()
            content.skills = SkillRequirements(required: [SkillLevel(nowhere, level: 2)])
            do {
                _ = try await commands.create(NewTicket(content: content), in: tenant.id, by: .system)
                Issue.record("the command should have failed")
            } catch UseCaseError.invalid(let problems) {
                #expect(problems.map(\.pointer) == ["/queue_id", "/group_id", "/required_skills/\(nowhere)/skill_id"])
            }
            content = TicketContent(subject: "x", requesterID: identifiers.next())
            do {
                _ = try await commands.create(NewTicket(content: content), in: tenant.id, by: .system)
                Issue.record("the command should have failed")
            } catch UseCaseError.invalid(let problems) {
                #expect(problems.map(\.pointer) == ["/requester_id"])
            }
            let queries = TicketQueries(environment: environment)
            #expect(try await queries.tickets(in: tenant.id, filter: TicketFilter(), after: nil, limit: 10).isEmpty)
        }
    }

    @Test("One Idempotency-Key has one effect, however often and however parallel it comes (I8)")
    func idempotency() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let principal: APIKeyID = IdentifierSource().next()
            let call = IdempotentCall(principal: principal, key: "abc", fingerprint: [UInt8](repeating: 7, count: 32)) { ticket in
                IdempotencyRecord(
                    fingerprint: [UInt8](repeating: 7, count: 32),
                    status: 201,
                    etag: nil,
                    location: nil,
                    body: Array(ticket.id.description.utf8)
                )
            }
            let outcomes = try await withThrowingTaskGroup(of: CommandOutcome.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await commands.create(
                            NewTicket(content: TicketContent(subject: "once")),
                            in: tenant.id,
                            by: .system,
                            idempotency: call
                        )
                    }
                }
                return try await group.reduce(into: [CommandOutcome]()) { $0.append($1) }
            }
            let bodies = outcomes.map { outcome in
                switch outcome {
                case .done(let change): change.after.id.description
                case .replayed(let record): String(decoding: record.body, as: UTF8.self)
                }
            }
            #expect(Set(bodies).count == 1)
            #expect(outcomes.filter { if case .done = $0 { true } else { false } }.count == 1)
            let other = IdempotentCall(principal: principal, key: "abc", fingerprint: [UInt8](repeating: 8, count: 32), answer: call.answer)
            await #expect(throws: UseCaseError.self) {
                _ = try await commands.create(NewTicket(content: TicketContent(subject: "other")), in: tenant.id, by: .system, idempotency: other)
            }
            let queries = TicketQueries(environment: environment)
            #expect(try await queries.tickets(in: tenant.id, filter: TicketFilter(), after: nil, limit: 10).count == 1)
        }
    }

    @Test("200 parallel claims of one ticket: exactly one succeeds (A3.6)")
    func parallelClaims() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let queries = TicketQueries(environment: environment)
            let ticket = try created(try await commands.create(NewTicket(content: TicketContent(subject: "mine")), in: tenant.id, by: .system))
            var agents: [AgentID] = []
            for _ in 0..<8 { agents.append(try await tenant.addAgent()) }
            let won = await withTaskGroup(of: Bool.self) { [agents] group in
                for index in 0..<200 {
                    group.addTask {
                        (try? await commands.claim(TicketRequest(ticket.id, in: tenant.id, by: .agent(agents[index % 8])), by: agents[index % 8]))
                            != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            let stored = try await queries.ticket(ticket.id, in: tenant.id)
            #expect(stored.assigneeID != nil)
            #expect(stored.state == .assigned)
        }
    }

    @Test("Loads follow the ticket through its life, and equal the sum over tickets (I3)")
    func loads() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let agent = try await tenant.addAgent(capacity: 1)
            try await database.withEnvironment { environment in
                let commands = TicketCommands(environment: environment)
                let ticket = try created(
                    try await commands.create(NewTicket(content: TicketContent(subject: "a", weight: 2)), in: tenant.id, by: .system)
                )
                func load() async throws -> String {
                    try await database.sql("SELECT load FROM docket.agent_load WHERE agent_id = '\(agent)'").first?.first ?? ""
                }
                let assigned = try created(try await commands.assign(TicketRequest(ticket.id, in: tenant.id, by: .system), to: agent))
                #expect(assigned.isOverCapacity)
                #expect(try await load() == "2")
                _ = try await commands.transition(TicketRequest(ticket.id, in: tenant.id, by: .agent(agent)), to: .inProgress)
                _ = try await commands.transition(TicketRequest(ticket.id, in: tenant.id, by: .agent(agent)), to: .waitingCustomer)
                #expect(try await load() == "0")
                _ = try await commands.addMessage(
                    TicketRequest(ticket.id, in: tenant.id, by: .system),
                    visibility: .public,
                    author: .requester(nil),
                    body: "still broken"
                )
                #expect(try await load() == "2")
                _ = try await commands.release(TicketRequest(ticket.id, in: tenant.id, by: .agent(agent)))
                #expect(try await load() == "0")
                let queries = TicketQueries(environment: environment)
                let history = try await queries.history(of: ticket.id, in: tenant.id, after: 0, limit: 100)
                #expect(Ticket.replay(history) == (try await queries.ticket(ticket.id, in: tenant.id)))
            }
        }
    }

    @Test("Another tenant's ticket does not exist: same answer as for a missing one (I6)")
    func isolation() async throws {
        try await TestDatabase.with { database in
            let mine = try await TestTenant.make(in: database)
            let other = try await TestTenant.make(in: database)
            try await database.withEnvironment { environment in
                let commands = TicketCommands(environment: environment)
                let queries = TicketQueries(environment: environment)
                let ticket = try created(try await commands.create(NewTicket(content: TicketContent(subject: "secret")), in: mine.id, by: .system))
                await #expect(throws: UseCaseError.self) { _ = try await queries.ticket(ticket.id, in: other.id) }
                await #expect(throws: UseCaseError.self) {
                    _ = try await commands.transition(TicketRequest(ticket.id, in: other.id, by: .system), to: .resolved)
                }
            }
        }
    }

    @Test("A transition that the life cycle does not have is refused with the states that it allows")
    func refusedTransition() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let ticket = try created(try await commands.create(NewTicket(content: TicketContent(subject: "a")), in: tenant.id, by: .system))
            do {
                _ = try await commands.transition(TicketRequest(ticket.id, in: tenant.id, by: .system), to: .archived)
                Issue.record("the command should have failed")
            } catch UseCaseError.refused(.transitionNotAllowed(let from, let to, let allowed)) {
                #expect(from == .waitingAssignment)
                #expect(to == .archived)
                #expect(allowed.contains(.resolved))
            }
        }
    }

    @Test("Clocks start with the ticket, stop with the reply, and equal the replay of the history (I5)")
    func clocks() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(
                #"{"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"}]}"#
            )
            let agent = try await tenant.addAgent()
            try await database.withEnvironment { environment in
                let commands = TicketCommands(environment: environment)
                let queries = TicketQueries(environment: environment)
                let ticket = try created(try await commands.create(NewTicket(content: TicketContent(subject: "a")), in: tenant.id, by: .system))
                func states() async throws -> [[String]] {
                    try await database.sql(
                        "SELECT metric, state FROM docket.sla_timer WHERE ticket_id = '\(ticket.id)' ORDER BY metric, instance"
                    )
                }
                #expect(try await states() == [["first_response", "running"], ["resolution", "running"]])
                _ = try await commands.assign(TicketRequest(ticket.id, in: tenant.id, by: .system), to: agent)
                _ = try await commands.addMessage(
                    TicketRequest(ticket.id, in: tenant.id, by: .agent(agent)),
                    visibility: .public,
                    author: .agent(agent),
                    body: "on it"
                )
                #expect(try await states() == [["first_response", "met"], ["resolution", "running"]])
                _ = try await commands.transition(TicketRequest(ticket.id, in: tenant.id, by: .agent(agent)), to: .resolved)
                #expect(try await states() == [["first_response", "met"], ["resolution", "met"]])
                let history = try await queries.history(of: ticket.id, in: tenant.id, after: 0, limit: 100)
                let configuration = try await environment.configurations.configuration(of: tenant.id)
                let replayed = try configuration.promises.engine.replay(history.flatMap { $0.signals(lifecycle: .standard) })
                var unit = TenantUnit(tenant.id)
                let handle = unit.add(LoadLedger(tenant: tenant.id, ticket: ticket.id))
                #expect(try await environment.database.run(unit).first(handle) == replayed.ledger)
            }
        }
    }

    @Test("The change feed gives every event once, those of a ticket in their order (I7)")
    func feed() async throws {
        try await withTenant { tenant, environment in
            let commands = TicketCommands(environment: environment)
            let queries = TicketQueries(environment: environment)
            let writers = Task {
                await withTaskGroup(of: Void.self) { group in
                    for index in 0..<100 {
                        group.addTask {
                            guard
                                case .done(let made) = try? await commands.create(
                                    NewTicket(content: TicketContent(subject: "\(index)")),
                                    in: tenant.id,
                                    by: .system
                                )
                            else { return }
                            let request = TicketRequest(made.after.id, in: tenant.id, by: .system)
                            _ = try? await commands.addMessage(request, visibility: .internal, author: .system, body: "noted")
                        }
                    }
                }
            }
            var position = FeedPosition.start
            var seen: [TicketID: [Int]] = [:]
            // The feed stays behind every open transaction of the server, those of other tests too.
            let isRead = try await eventually {
                let page = try await queries.feed(of: tenant.id, after: position, limit: 7)
                for event in page.events { seen[event.ticketID, default: []].append(event.sequence) }
                position = page.end
                return seen.count >= 100 && seen.values.allSatisfy { $0.count >= 2 }
            }
            await writers.value
            #expect(isRead && seen.count == 100)
            #expect(seen.values.allSatisfy { $0 == [1, 2] })
        }
    }
}
