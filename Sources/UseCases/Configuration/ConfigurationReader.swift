import Domain
import Store

/// Reads a tenant's configuration in one transaction, so that its parts belong together.
struct ConfigurationReader: Sendable {
    let zones: any TimeZoneSource
    let lifecycle: Lifecycle

    func read(_ tenant: TenantID, from database: Database) async throws -> TenantConfiguration {
        do {
            return try await read(tenant, from: database, known: zones.databaseVersion)
        } catch is TimeZoneError where zones.databaseVersion != nil {
            // This machine lacks a zone, although its files are of the release by which a calendar was published: what was kept then counts for it.
            return try await read(tenant, from: database, known: nil)
        }
    }

    /// - Parameter release: that of the time zone database whose kept rules are not read, because the machine knows them.
    private func read(_ tenant: TenantID, from database: Database, known release: String?) async throws -> TenantConfiguration {
        var unit = TenantUnit(tenant)
        // The version first: if a part changes while the others are read, the copy is older than its parts, never newer, and is thrown away at first use.
        let version = unit.add(LoadConfigurationVersion(tenant: tenant))
        let queues = unit.add(LoadQueueConfigurations(tenant: tenant))
        let sites = unit.add(LoadSites(tenant: tenant))
        let references = unit.add(LoadReferences(tenant: tenant))
        let webhooks = unit.add(HasWebhooks(tenant: tenant))
        let aging = unit.add(LoadLifecycleSettings(tenant: tenant))
        let promises = PromiseConfiguration.Handles(tenant: tenant, release: release, adding: &unit)
        let playbooks = unit.add(LoadBreachPlaybooks(tenant: tenant))
        let priorities = unit.add(LoadPriorityMatrix(tenant: tenant))
        let result = try await database.run(unit)
        guard let found = try result.first(version) else { throw UseCaseError.notFound }
        let rows = try result.rows(references)
        return TenantConfiguration(
            tenant: tenant,
            version: found,
            queues: try result.rows(queues),
            sites: try result.rows(sites),
            groups: Set(rows.filter { !$0.isSkill }.map { GroupID(high: $0.id.high, low: $0.id.low) }),
            skills: Set(rows.filter(\.isSkill).map { SkillID(high: $0.id.high, low: $0.id.low) }),
            hasWebhooks: try result.first(webhooks) ?? false,
            promises: try PromiseConfiguration(handles: promises, result: result, zones: zones, lifecycle: lifecycle),
            lifecycle: try result.first(aging) ?? .manual,
            playbooks: try result.rows(playbooks),
            priorities: try result.first(priorities).flatMap(\.self) ?? .standard
        )
    }
}
