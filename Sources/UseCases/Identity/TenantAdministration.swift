public import Domain
public import Store

/// What the operator does: tenants and their API keys. Runs as the migrating role, which owns the tables; the servers' roles cannot.
public struct TenantAdministration: Sendable {
    /// The tenants' API keys.
    public let keys: APIKeys
    private let database: Database
    private let clock: DatabaseClock
    private let identifiers = IdentifierSource()

    /// The most entries of one page.
    public static let maximumPage = 200

    public init(database: Database) {
        self.database = database
        keys = APIKeys(database: database)
        clock = DatabaseClock(database: database)
    }

    /// Makes a tenant that can be used at once: with its configuration and ticket counter, and nothing else.
    ///
    /// - Parameters:
    ///   - slug: how commands name it: a letter or digit, then up to 62 letters, digits and hyphens.
    ///   - planWeight: its share of the dispatchers, 1 to 1,000.
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/duplicate(field:)`` for the slug, ``StoreError``.
    public func createTenant(slug: String, name: String, planWeight: Int = 1) async throws -> Tenant {
        var checks = FieldChecks()
        checks.key(slug, others: "-", most: 63, at: "/slug")
        checks.name(name)
        checks.number(planWeight, 1...1_000, at: "/plan_weight")
        guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
        let tenant = Tenant(
            id: identifiers.next(),
            slug: slug,
            name: name,
            planWeight: planWeight,
            isActive: true,
            createdAt: try await clock.now()
        )
        do {
            try await database.run(InsertTenant(tenant), of: tenant.id)
        } catch StoreError.duplicate(InsertTenant.slugConstraint) {
            throw UseCaseError.duplicate(field: "slug")
        }
        return tenant
    }

    /// A page of all tenants in the order of their ids.
    public func tenants(after: TenantID? = nil, limit: Int = maximumPage) async throws -> [Tenant] {
        try await database.tenants(after: after, limit: Self.page(limit))
    }

    /// Every tenant of the deployment.
    public func allTenants() async throws -> [Tenant] {
        var all: [Tenant] = []
        while true {
            let page = try await tenants(after: all.last?.id)
            guard !page.isEmpty else { return all }
            all += page
        }
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func tenant(slug: String) async throws -> Tenant {
        guard let tenant = try await database.tenants(limit: 1, slug: slug).first else { throw UseCaseError.notFound }
        return tenant
    }

    /// Suspends a tenant, or lets it go on; may be repeated. Processes hear of it within ``KeyAuthentication/goodFor``.
    ///
    /// Its keys are refused, nothing is given out, closed or delivered for it, and its clocks go on: they tell what was promised and came to pass.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func setActive(_ isActive: Bool, slug: String) async throws {
        let tenant = try await tenant(slug: slug).id
        try await database.run(SetTenantActive(tenant: tenant, isActive: isActive), of: tenant)
    }

    /// The database's time, by which keys expire.
    public func now() async throws -> Timestamp { try await clock.now() }

    private static func page(_ limit: Int) -> Int { min(max(limit, 1), maximumPage) }
}
