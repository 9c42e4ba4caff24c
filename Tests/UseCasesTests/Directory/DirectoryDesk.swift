import Domain
import Store
import TestSupport
import UseCases

/// One tenant of a database of its own, with the commands and queries of the directory.
struct DirectoryDesk: Sendable {
    let tenant: TestTenant
    let database: TestDatabase
    let environment: UseCaseEnvironment
    let masterKey: MasterKey

    var vault: WebhookSecretVault { WebhookSecretVault(SecretBox(current: masterKey)) }
    var id: TenantID { tenant.id }
    var commands: DirectoryCommands {
        let tools = DirectoryTools(zones: OnlyUTC(), secrets: vault) { $0.hasPrefix("https://") ? nil : "only https is allowed" }
        return DirectoryCommands(environment: environment, tools: tools)
    }
    var queries: DirectoryQueries { DirectoryQueries(environment: environment) }

    static func with(
        hasTestClock: Bool = false,
        connections: Int = 4,
        _ body: @Sendable (DirectoryDesk) async throws -> Void
    ) async throws {
        try await TestDatabase.with(hasTestClock: hasTestClock) { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.withEnvironment(connections: connections) { environment in
                try await body(DirectoryDesk(tenant: tenant, database: database, environment: environment, masterKey: MasterKey()))
            }
        }
    }

    /// A count, or another number, as the superuser sees it.
    func number(_ query: String) async throws -> Int {
        Int(try await database.sql(query).first?.first ?? "") ?? -1
    }

    func configurationVersion() async throws -> Int {
        try await number("SELECT version FROM docket.tenant_configuration WHERE tenant_id = '\(id)'")
    }

    /// How many signals there are, which are then taken away.
    func takeSignals() async throws -> Int {
        let count = try await number("SELECT count(*) FROM docket.routing_signal WHERE tenant_id = '\(id)'")
        try await database.sql("DELETE FROM docket.routing_signal")
        return count
    }

    /// Lets a ticket wait in the tenant's queue; its own signal is taken away.
    func letTicketWait() async throws {
        _ = try await TicketCommands(environment: environment).create(
            NewTicket(content: TicketContent(subject: "Waiting")),
            in: id,
            by: .system
        )
        _ = try await takeSignals()
    }
}

/// The only zone that these tests need.
struct OnlyUTC: TimeZoneSource {
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
        guard name == "UTC" else { throw .unknown(name) }
        return .utc
    }
}

extension WriteOutcome {
    /// What was done; a replay is none.
    func done() throws -> Value {
        guard case .done(let value) = self else { throw Unexpected() }
        return value
    }

    struct Unexpected: Error {}
}

extension UseCaseError {
    /// The pointers of the fields that are wrong, or nil for another error.
    var pointers: Set<String>? {
        if case .invalid(let problems) = self { Set(problems.map(\.pointer)) } else { nil }
    }

    var codes: Set<FieldProblem.Code>? {
        if case .invalid(let problems) = self { Set(problems.map(\.code)) } else { nil }
    }
}

/// The error of a command that must refuse.
func refusal(_ body: @Sendable () async throws -> Void) async throws -> UseCaseError? {
    do {
        try await body()
        return nil
    } catch let error as UseCaseError {
        return error
    }
}
