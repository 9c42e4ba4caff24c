import Deployment
import Domain
import Logging
import Store
import TestSupport
import Testing
import UseCases

/// A tenant with a queue in a database of its own, seen by an API process and by dispatchers.
struct RoutingDesk: Sendable {
    let database: TestDatabase
    let tenant: TestTenant
    let api: UseCaseEnvironment
    let dispatcher: UseCaseEnvironment

    static func with(
        steps: String = "[]",
        mode: String = "balanced",
        hasTestClock: Bool = false,
        connections: Int = 4,
        _ body: @Sendable (RoutingDesk) async throws -> Void
    ) async throws {
        try await TestDatabase.with(hasTestClock: hasTestClock) { database in
            let tenant = try await TestTenant.make(in: database, mode: mode, steps: steps)
            try await database.withEnvironment { api in
                try await database.withEnvironment(role: "docket_dispatcher", connections: connections) { dispatcher in
                    try await body(RoutingDesk(database: database, tenant: tenant, api: api, dispatcher: dispatcher))
                }
            }
        }
    }

    var passes: RoutingPasses { RoutingPasses(environment: dispatcher) }
    var commands: TicketCommands { TicketCommands(environment: api) }
    var directory: DirectoryCommands {
        let tools = DirectoryTools(zones: ZoneFiles(), secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in nil }
        return DirectoryCommands(environment: api, tools: tools)
    }

    /// Adds an agent who is there, could take tickets of weight 1, and has too much to do for them.
    func addBusyAgent(skills: [SkillLevel] = []) async throws -> AgentID {
        let agent = try await tenant.addAgent(capacity: 1, skills: skills)
        try await database.sql("UPDATE docket.agent_load SET load = 1 WHERE agent_id = '\(agent)'")
        return agent
    }

    @discardableResult
    func create(
        skills: SkillRequirements = SkillRequirements(),
        priority: Priority = .p3,
        weight: Int = 1,
        preferring agent: AgentID? = nil
    ) async throws -> TicketID {
        let content = TicketContent(subject: "A test", weight: weight, skills: skills, preferredAgentID: agent)
        let outcome = try await commands.create(NewTicket(content: content, priority: priority), in: tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after.id
    }

    /// Creates tickets several at a time; their order among each other is not defined.
    func create(many count: Int, skills: SkillRequirements = SkillRequirements()) async throws -> [TicketID] {
        try await withThrowingTaskGroup(of: [TicketID].self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var ids: [TicketID] = []
                    for number in 0..<count where number % 4 == worker { ids.append(try await create(skills: skills)) }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    func pass(limit: Int = 500, isStepDue: Bool = false) async throws -> RoutingPassReport {
        try await passes.run(tenant.queue, of: tenant.id, limit: limit, isStepDue: isStepDue)
    }

    /// A look after which nothing is stored but the queue's own times: as when the second look has come that follows a pass that was asked for.
    func quietPass(limit: Int = 500) async throws -> RoutingPassReport {
        try await database.sql("UPDATE docket.routing_lane SET second_look_at = NULL")
        return try await pass(limit: limit)
    }

    func ticket(_ id: TicketID) async throws -> Ticket {
        try await TicketQueries(environment: api).ticket(id, in: tenant.id)
    }

    func history(of id: TicketID) async throws -> [TicketEvent] {
        try await TicketQueries(environment: api).history(of: id, in: tenant.id, after: 0, limit: 100)
    }

    /// Moves the database's time, for everybody.
    func advance(by seconds: Double) async throws {
        try await database.advanceClock(by: seconds)
        api.clock.invalidate()
        dispatcher.clock.invalidate()
    }

    /// One value, behind the policies.
    func value(_ sql: String) async throws -> String {
        try #require(try await database.sql(sql).first?.first)
    }

    func number(_ sql: String) async throws -> Int {
        try #require(Int(try await value(sql)))
    }

    /// The sum of all loads, and what it must be: the weights of the assigned tickets (design.md I3).
    func loads() async throws -> (stored: Int, recomputed: Int, overCapacity: Int) {
        (
            try await number("SELECT coalesce(sum(load), 0) FROM docket.agent_load"),
            try await number(

                """
                SELECT coalesce(sum(weight), 0) FROM docket.ticket WHERE assignee_id IS NOT NULL AND state IN ('assigned', 'in_progress')
                """
            ),
            try await number("SELECT count(*) FROM docket.agent_load WHERE load > capacity")
        )
    }

    func waitingCount() async throws -> Int {
        try await number("SELECT count(*) FROM docket.routing_entry")
    }

    /// Waits until something is true in the database.
    func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        try #require(try await TestSupport.eventually(condition), what)
    }
}
