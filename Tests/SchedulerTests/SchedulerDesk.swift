import Domain
import Logging
import Scheduler
import Store
import TestSupport
import Testing
import UseCases

/// A tenant with a policy in a database of its own whose clock moves by hand, seen by an API process and by schedulers.
struct SchedulerDesk: Sendable {
    let database: TestDatabase
    let tenant: TestTenant
    let api: UseCaseEnvironment
    let scheduler: UseCaseEnvironment

    /// - Parameter policy: the policy's document; nil for none.
    static func with(policy: String?, connections: Int = 4, _ body: @Sendable (SchedulerDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let tenant = try await TestTenant.make(in: database)
            if let policy { try await tenant.addPolicy(policy) }
            try await database.withEnvironment { api in
                try await database.withEnvironment(role: "docket_scheduler", connections: connections) { scheduler in
                    try await body(SchedulerDesk(database: database, tenant: tenant, api: api, scheduler: scheduler))
                }
            }
        }
    }

    /// A first response within an hour, a warning at half of it.
    static let oneHour = #"""
        {"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}]}
        """#

    var commands: TicketCommands { TicketCommands(environment: api) }
    var timers: DueTimers { DueTimers(environment: scheduler) }

    @discardableResult
    func create(_ content: TicketContent = TicketContent(subject: "A test"), in tenant: TenantID? = nil) async throws -> TicketID {
        let outcome = try await commands.create(NewTicket(content: content, priority: content.priority), in: tenant ?? self.tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after.id
    }

    @discardableResult
    func fire(limit: Int = 100, excluding: [TicketID] = []) async throws -> DueReport {
        try await timers.fire(in: tenant.id, limit: limit, excluding: excluding)
    }

    func advance(by seconds: Double) async throws {
        try await database.advanceClock(by: seconds)
        try await api.clock.read()
    }

    /// How many runs were acknowledged.
    func acknowledge(_ id: TicketID) async throws -> Int {
        guard case .done(let change) = try await commands.acknowledgeEscalation(TicketRequest(id, in: tenant.id, by: .system)) else { return 0 }
        return change.events.count
    }

    func reply(to id: TicketID, by agent: AgentID) async throws {
        _ = try await commands.addMessage(
            TicketRequest(id, in: tenant.id, by: .agent(agent)),
            visibility: .public,
            author: .agent(agent),
            body: "On it."
        )
    }

    func ticket(_ id: TicketID) async throws -> Ticket {
        try await TicketQueries(environment: api).ticket(id, in: tenant.id)
    }

    func history(of id: TicketID) async throws -> [TicketEvent] {
        try await TicketQueries(environment: api).history(of: id, in: tenant.id, after: 0, limit: 1_000)
    }

    func kinds(of id: TicketID) async throws -> [String] {
        try await history(of: id).map(\.payload.kind)
    }

    /// One value, behind the policies.
    func value(_ sql: String) async throws -> String {
        try #require(try await database.sql(sql).first?.first)
    }

    func number(_ sql: String) async throws -> Int {
        try #require(Int(try await value(sql)))
    }

    /// Adds a chain, and makes the tenant's policies start it.
    @discardableResult
    func addChain(_ definition: String) async throws -> EscalationChainID {
        let chain: EscalationChainID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                VALUES ('\(tenant.id)', '\(chain)', 'Chain', '\(definition)', docket.now(), docket.now());
            UPDATE docket.sla_policy SET definition = definition || '{"chain_id":"\(chain)"}' WHERE tenant_id = '\(tenant.id)';
            UPDATE docket.sla_policy_version SET definition = definition || '{"chain_id":"\(chain)"}' WHERE tenant_id = '\(tenant.id)';
            UPDATE docket.tenant_configuration SET version = version + 1 WHERE tenant_id = '\(tenant.id)';
            """
        )
        return chain
    }

    /// The clocks that follow from the history are the stored ones, and the row is the one that the history makes (design.md I5).
    func expectHistoryRebuilds(_ id: TicketID) async throws {
        let history = try await history(of: id)
        #expect(Ticket.replay(history) == (try await ticket(id)))
        #expect(history.map(\.sequence) == Array(1...history.count))
        let engine = try await api.configurations.withConfiguration(of: tenant.id) { configuration in
            try await api.configurations.confirm(configuration)
            return configuration.promises.engine
        }
        var ledger = try engine.replay(history.flatMap { $0.signals(lifecycle: .standard) }).ledger
        if let last = history.last(where: { ["sla.warned", "sla.breached"].contains($0.payload.kind) }) { _ = ledger.fire(now: last.at) }
        var unit = TenantUnit(tenant.id)
        let handle = unit.add(LoadLedger(tenant: tenant.id, ticket: id))
        #expect(try await api.database.run(unit).first(handle)?.shortened() == ledger.shortened())
    }

    /// Waits until something is true in the database.
    func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
        try #require(try await TestSupport.eventually(condition), what)
    }

    /// Runs schedulers while the body runs.
    func withSchedulers(
        _ environments: [UseCaseEnvironment],
        wakeUps: WakeUpSource = WakeUpSource(listener: nil),
        pollInterval: Duration = .milliseconds(50),
        batchSize: Int = 20,
        _ body: () async throws -> Void
    ) async throws {
        var configuration = SchedulerConfiguration()
        configuration.pollInterval = pollInterval
        configuration.batchSize = batchSize
        try await withThrowingTaskGroup(of: Void.self) { group in
            for environment in environments {
                let service = SchedulerService(environment: environment, wakeUps: wakeUps, configuration: configuration, logger: quiet)
                group.addTask { try await service.run() }
            }
            try await body()
            group.cancelAll()
        }
    }

    var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
