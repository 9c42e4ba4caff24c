import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// A tenant with two queues and three agents, and what the verbs' tests ask of it.
struct VerbDesk: Sendable {
    let database: TestDatabase
    let tenant: TestTenant
    let environment: UseCaseEnvironment
    let agents: [AgentID]
    let secondQueue: QueueID
    let group: GroupID

    var commands: TicketCommands { TicketCommands(environment: environment) }
    var queries: TicketQueries { TicketQueries(environment: environment) }

    static func with(hasTestClock: Bool = false, _ body: @Sendable (VerbDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: hasTestClock) { database in
            let tenant = try await TestTenant.make(in: database)
            try await tenant.addPolicy(
                #"{"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"resolution","seconds":7200,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}"#
            )
            var agents: [AgentID] = []
            for _ in 0..<3 { agents.append(try await tenant.addAgent()) }
            let queue: QueueID = IdentifierSource().next()
            let group: GroupID = IdentifierSource().next()
            try await database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(tenant.id)', '\(queue)', 'Second', docket.now(), docket.now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(tenant.id)', '\(queue)');
                INSERT INTO docket.agent_group (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(tenant.id)', '\(group)', 'Experts', docket.now(), docket.now());
                """
            )
            try await database.withEnvironment { [agents] environment in
                try await body(
                    VerbDesk(database: database, tenant: tenant, environment: environment, agents: agents, secondQueue: queue, group: group)
                )
            }
        }
    }

    func ticket(assignedTo agent: AgentID? = nil) async throws -> TicketID {
        let outcome = try await commands.create(NewTicket(content: TicketContent(subject: "A test", weight: 2)), in: tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        if let agent { _ = try await commands.assign(TicketRequest(change.after.id, in: tenant.id, by: .system), to: agent) }
        return change.after.id
    }

    /// Edits the ticket's queue.
    func put(_ id: TicketID, into queue: QueueID?, by actor: Actor) async throws {
        _ = try await commands.update(TicketRequest(id, in: tenant.id, by: actor)) { content in
            var content = content
            content.queueID = queue
            return content
        }
    }

    /// As a pass of routing would, whatever the queue's overflow is. Nothing where the ticket cannot move there.
    func overflow(_ id: TicketID, to queue: QueueID) async throws {
        let rules = environment.rules
        _ = try await commands.changeAsDispatcher(id, of: tenant.id) { situation in
            (try? rules.overflow(situation.ticket, to: queue, at: situation.now)) ?? .unchanged(situation.ticket)
        }
    }

    func row(_ id: TicketID) async throws -> Ticket { try await queries.ticket(id, in: tenant.id) }

    func history(_ id: TicketID) async throws -> [TicketEvent] {
        try await queries.history(of: id, in: tenant.id, after: 0, limit: 1_000)
    }

    func kinds(_ id: TicketID, last count: Int) async throws -> [String] { try await history(id).suffix(count).map(\.payload.kind) }

    @discardableResult
    func done(_ outcome: CommandOutcome) throws -> Ticket {
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after
    }

    func note(_ id: TicketID, by agent: AgentID) async throws {
        _ = try await commands.addMessage(
            TicketRequest(id, in: tenant.id, by: .agent(agent)),
            visibility: .internal,
            author: .agent(agent),
            body: "Seen."
        )
    }

    /// The row follows from the history, the loads and the queue from the rows, and the clocks from the history (design.md I3, I5).
    func expectConsistent(_ id: TicketID, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let history = try await history(id)
        #expect(Ticket.replay(history) == (try await row(id)), comment, sourceLocation: sourceLocation)
        let wrongLoads = try await database.sql(
            """
            SELECT l.agent_id FROM docket.agent_load l WHERE l.load <> coalesce((SELECT sum(t.weight) FROM docket.ticket t
                WHERE t.tenant_id = l.tenant_id AND t.assignee_id = l.agent_id
                AND t.state IN ('new', 'waiting_assignment', 'assigned', 'in_progress')), 0)
            """
        )
        #expect(wrongLoads == [], comment, sourceLocation: sourceLocation)
        let wrongEntries = try await database.sql(
            """
            SELECT t.id FROM docket.ticket t LEFT JOIN docket.routing_entry r ON r.tenant_id = t.tenant_id AND r.ticket_id = t.id
            WHERE CASE WHEN t.state = 'waiting_assignment' AND t.assignee_id IS NULL AND t.queue_id IS NOT NULL
                THEN r.queue_id IS DISTINCT FROM t.queue_id OR r.ticket_version <> t.version OR r.eligible_at <> t.eligible_at
                ELSE r.ticket_id IS NOT NULL END
            """
        )
        #expect(wrongEntries == [], comment, sourceLocation: sourceLocation)
        // What routing never looks at: it waits without a queue, or has a queue and does not wait.
        let stranded = try await database.sql(
            """
            SELECT t.id FROM docket.ticket t WHERE t.assignee_id IS NULL AND t.state IN ('new', 'waiting_assignment')
                AND (t.state = 'waiting_assignment') <> (t.queue_id IS NOT NULL)
            """
        )
        #expect(stranded == [], comment, sourceLocation: sourceLocation)
        let wrongCounts = try await database.sql(
            """
            SELECT t.id FROM docket.ticket t WHERE t.open_consultations <> (SELECT count(*) FROM docket.consultation c
                WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id AND c.state = 'open')
                OR t.task_count <> (SELECT count(*) FROM docket.ticket_task k WHERE k.tenant_id = t.tenant_id AND k.ticket_id = t.id)
                OR t.open_required_tasks <> (SELECT count(*) FROM docket.ticket_task k
                    WHERE k.tenant_id = t.tenant_id AND k.ticket_id = t.id AND k.required AND k.outcome IS NULL)
            """
        )
        #expect(wrongCounts == [], comment, sourceLocation: sourceLocation)
        let engine = try await environment.configurations.configuration(of: tenant.id).promises.engine
        let replayed = try engine.replay(history.flatMap { $0.signals(lifecycle: .standard) }).ledger
        var unit = TenantUnit(tenant.id)
        let ledger = unit.add(LoadLedger(tenant: tenant.id, ticket: id))
        #expect(try await environment.database.run(unit).first(ledger) == replayed, comment, sourceLocation: sourceLocation)
    }

    /// That a command is refused for a reason, and changes nothing.
    func expectRefusal(
        _ refusal: TicketRefusal,
        of id: TicketID,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ command: () async throws -> CommandOutcome
    ) async throws {
        let before = try await row(id)
        do {
            _ = try await command()
            Issue.record("the command should have been refused", sourceLocation: sourceLocation)
        } catch UseCaseError.refused(let found) {
            #expect(found == refusal, sourceLocation: sourceLocation)
        }
        #expect(try await row(id) == before, sourceLocation: sourceLocation)
    }
}
