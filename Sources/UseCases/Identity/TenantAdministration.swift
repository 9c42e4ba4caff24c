public import Domain
public import Store

/// What the operator does: tenants and their API keys. Runs as the migrating role, which owns the tables; the servers' roles cannot.
public struct TenantAdministration: Sendable {
    private let database: Database
    private let clock: DatabaseClock
    private let identifiers = IdentifierSource()

    /// The most entries of one page.
    public static let maximumPage = 200
    public static let maximumScopes = 50

    public init(database: Database) {
        self.database = database
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

    /// Issues a key: from now on it is answered to.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound`` for the tenant, ``UseCaseError/duplicate(field:)`` for the key, ``StoreError``.
    public func createKey(_ new: NewKey, in tenant: TenantID) async throws -> IssuedKey {
        let now = try await clock.now()
        var first = TenantUnit(tenant)
        let agent = new.agentID.map { first.add(AgentExists(tenant: tenant, agent: $0)) }
        let queue = new.intake.queueID.map { first.add(LoadContent<QueueContent>(tenant: tenant, id: $0)) }
        let key = IssuedKey(
            id: identifiers.next(),
            tenantID: tenant,
            name: new.name,
            prefix: new.prefix,
            lastFour: new.lastFour,
            scopes: new.scopes,
            agentID: new.agentID,
            intake: new.intake,
            createdAt: now,
            expiresAt: new.expiresAt
        )
        do {
            return try await database.transaction(first) { transaction, result in
                var checks = Self.checks(of: new, at: now)
                if let agent, try result.first(agent) != true { checks.add(.unknown("active agent", at: "/agent_id")) }
                if let queue, try result.first(queue)?.content.isActive != true { checks.add(.unknown("active queue", at: "/queue_id")) }
                guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
                try await transaction.commit(InsertKey(hash: new.hash, key: key))
                return key
            }
        } catch StoreError.missingReference {
            throw UseCaseError.notFound
        } catch StoreError.duplicate {
            throw UseCaseError.duplicate(field: "key")
        }
    }

    /// The database's time, by which keys expire.
    public func now() async throws -> Timestamp { try await clock.now() }

    /// A page of a tenant's keys in the order of their ids, revoked ones too.
    public func keys(of tenant: TenantID, after: APIKeyID? = nil, limit: Int = maximumPage) async throws -> [IssuedKey] {
        try await database.rows(ListKeys(tenant: tenant, after: after, limit: Self.page(limit)), of: tenant)
    }

    /// Ends a key; servers that remember it answer to it for at most ``KeyAuthentication/goodFor`` longer. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func revokeKey(_ key: APIKeyID, of tenant: TenantID) async throws {
        let statement = RevokeKey(tenant: tenant, key: key, time: try await clock.now())
        guard try await database.affected(statement, of: tenant) == 1 else { throw UseCaseError.notFound }
    }

    private static func checks(of new: NewKey, at now: Timestamp) -> FieldChecks {
        var checks = FieldChecks()
        checks.name(new.name)
        if new.hash.count != 32 { checks.add("/hash", code: "invalid_format", "SHA-256 has 32 bytes") }
        checks.text(new.prefix, 1...20, at: "/prefix")
        checks.text(new.lastFour, 4...4, at: "/last_four")
        checks.number(new.scopes.count, 1...maximumScopes, at: "/scopes")
        for (index, scope) in new.scopes.prefix(maximumScopes).enumerated() { checks.key(scope, others: ":_.-", most: 64, at: "/scopes/\(index)") }
        if let expiresAt = new.expiresAt, expiresAt <= now { checks.add("/expires_at", code: "in_past", "the key would be over already") }
        return checks
    }

    private static func page(_ limit: Int) -> Int { min(max(limit, 1), maximumPage) }
}
