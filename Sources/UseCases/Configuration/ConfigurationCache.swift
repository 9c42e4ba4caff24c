public import Domain
public import Store

/// Tenants' configurations, read once per version and process.
///
/// A stale copy does no harm: the command that used it is aborted by ``RequireConfiguration`` and reads again. A command that is refused before it
/// writes anything asks ``confirm(_:)`` first: what it refers to may be newer than the copy. What only reads asks in its own unit.
public actor ConfigurationCache {
    private let database: Database
    private let reader: ConfigurationReader
    private var known: [TenantID: TenantConfiguration] = [:]
    private var pending: [TenantID: Task<TenantConfiguration, any Error>] = [:]

    /// Beyond this many tenants the cache starts afresh: memory stays bounded.
    static let maximumTenants = 10_000

    public init(database: Database, zones: any TimeZoneSource, lifecycle: Lifecycle = .standard) {
        self.database = database
        reader = ConfigurationReader(zones: zones, lifecycle: lifecycle)
    }

    /// The tenant's configuration, from memory where it is known.
    ///
    /// - Throws: ``UseCaseError/notFound`` for a tenant without one; ``StoreError``.
    public func configuration(of tenant: TenantID) async throws -> TenantConfiguration {
        if let configuration = known[tenant] { return configuration }
        if let running = pending[tenant] { return try await running.value }
        // Owned by `pending` until it ends; unstructured so that the cancellation of the first caller does not fail the others that wait for it.
        let task = Task { try await read(tenant) }
        pending[tenant] = task
        return try await task.value
    }

    /// Keeps what was read before anybody who waits for it goes on: else one of them, who has seen a newer version, would find neither a copy to forget nor a new reading to join.
    private func read(_ tenant: TenantID) async throws -> TenantConfiguration {
        defer { pending[tenant] = nil }
        let configuration = try await reader.read(tenant, from: database)
        if known.count >= Self.maximumTenants { known.removeAll(keepingCapacity: true) }
        known[tenant] = configuration
        return configuration
    }

    /// The tenant's configuration, at least as new as a version that was seen.
    ///
    /// - Throws: as ``configuration(of:)``.
    public func configuration(of tenant: TenantID, notBefore version: Int64) async throws -> TenantConfiguration {
        let copy = try await configuration(of: tenant)
        guard copy.version < version else { return copy }
        forget(tenant, version: copy.version)
        return try await configuration(of: tenant)
    }

    /// The copy in memory, where it is of this version.
    func copy(of tenant: TenantID, version: Int64) -> TenantConfiguration? {
        known[tenant].flatMap { $0.version == version ? $0 : nil }
    }

    /// Forgets a copy that turned out to be old.
    public func forget(_ tenant: TenantID, version: Int64) {
        if known[tenant]?.version == version { known[tenant] = nil }
    }

    /// Makes sure that a copy is still what the database has.
    ///
    /// - Throws: ``StoreError/configurationChanged``, on which ``withConfiguration(of:_:)`` reads again.
    public nonisolated func confirm(_ configuration: TenantConfiguration) async throws {
        try await database.run(RequireConfiguration(tenant: configuration.tenant, version: configuration.version), of: configuration.tenant)
    }

    /// Runs a command with the tenant's configuration, again with a fresh one when it changed underneath, at most three times.
    public nonisolated func withConfiguration<Result: Sendable>(
        of tenant: TenantID,
        _ body: @Sendable (TenantConfiguration) async throws -> Result
    ) async throws -> Result {
        for _ in 0..<3 {
            let configuration = try await configuration(of: tenant)
            do {
                return try await body(configuration)
            } catch StoreError.configurationChanged {
                await forget(tenant, version: configuration.version)
            }
        }
        throw UseCaseError.busy
    }
}
