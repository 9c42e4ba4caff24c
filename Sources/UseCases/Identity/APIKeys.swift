public import Domain
public import Store

/// A tenant's API keys: to issue, list and revoke them. The operator does it for every tenant, and a key that may for its own.
///
/// Whoever issues or revokes keys of one tenant goes one after the other: a key that is revoked makes no other behind that.
public struct APIKeys: Sendable {
    /// The most entries of one page. One more can be asked for: it tells whether there is another page.
    public static let maximumPage = 200
    public static let maximumScopes = 50
    /// The most keys of a tenant that are neither revoked nor over.
    public static let maximumLive = 1_000

    private let database: Database
    private let clock: DatabaseClock
    private let identifiers = IdentifierSource()

    public init(database: Database) {
        self.database = database
        clock = DatabaseClock(database: database)
    }

    /// Issues a key: from now on it is answered to.
    ///
    /// - Parameters:
    ///   - maker: the key that asks; nil: the operator. What it may give away is checked by whoever knows its rights.
    ///   - idempotency: its answer is made without the key, so that no key is stored; whoever repeats the request gets none, revokes it and asks anew.
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound`` for the tenant, ``UseCaseError/duplicate(field:)`` for the key,
    ///   ``UseCaseError/conflict(_:)`` where the tenant has as many as may be or the maker was revoked, ``StoreError``.
    public func create(
        _ new: NewKey,
        in tenant: TenantID,
        by maker: APIKeyID? = nil,
        idempotency: IdempotentWrite<IssuedKey>? = nil
    ) async throws -> WriteOutcome<IssuedKey> {
        let now = try await clock.now()
        var first = TenantUnit(tenant)
        if let idempotency { first.add(idempotency.lock()) }
        let lock = first.add(LockConfiguration(tenant: tenant))
        let earlier = idempotency.map { first.add($0.load(in: tenant)) }
        let parent = maker.map { first.add(LoadKey(tenant: tenant, key: $0)) }
        let live = first.add(CountLiveKeys(tenant: tenant))
        let agent = new.agentID.map { first.add(AgentExists(tenant: tenant, agent: $0)) }
        let queue = new.intake.queueID.map { first.add(LoadContent<QueueContent>(tenant: tenant, id: $0)) }
        let key = IssuedKey(new, id: identifiers.next(), tenant: tenant, by: maker, at: now)
        do {
            return try await database.transaction(first) { transaction, result in
                guard try result.first(lock) != nil else { throw UseCaseError.notFound }
                if let earlier, let idempotency, let record = try result.first(earlier) { return .replayed(try idempotency.checked(record)) }
                if let parent, try result.first(parent)?.revokedAt != nil { throw UseCaseError.conflict("the key that asks was revoked") }
                guard try result.first(live) ?? 0 < Self.maximumLive else {
                    throw UseCaseError.conflict("the tenant has \(Self.maximumLive) keys, which is as many as may be; revoke one first")
                }
                var checks = Self.checks(of: new, at: now)
                if let agent, try result.first(agent) != true { checks.add(.unknown("active agent", at: "/agent_id")) }
                if let queue, try result.first(queue)?.content.isActive != true { checks.add(.unknown("active queue", at: "/queue_id")) }
                guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
                var statements = StatementList()
                if let idempotency { statements.add(idempotency.insert(key, in: tenant, at: now)) }
                statements.add(InsertKey(hash: new.hash, key: key))
                _ = try await transaction.commit(statements)
                return .done(key)
            }
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await database.replay(idempotency, in: tenant))
        } catch StoreError.missingReference {
            throw UseCaseError.notFound
        } catch StoreError.duplicate {
            throw UseCaseError.duplicate(field: "key")
        }
    }

    /// A page of a tenant's keys in the order of their ids, revoked ones too.
    ///
    /// - Parameter limit: at most ``maximumPage`` and one.
    public func list(of tenant: TenantID, after: APIKeyID? = nil, limit: Int = maximumPage) async throws -> [IssuedKey] {
        try await database.rows(ListKeys(tenant: tenant, after: after, limit: min(max(limit, 1), Self.maximumPage + 1)), of: tenant)
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func key(_ key: APIKeyID, of tenant: TenantID) async throws -> IssuedKey {
        guard let found = try await database.first(LoadKey(tenant: tenant, key: key), of: tenant) else { throw UseCaseError.notFound }
        return found
    }

    /// Ends a key; servers that remember it answer to it for at most ``KeyAuthentication/goodFor`` longer. May be repeated.
    ///
    /// - Parameters:
    ///   - withDescendants: whether all that it made end with it, and all that these made; otherwise they go on.
    ///   - actor: the key that asks; nil: the operator.
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/conflict(_:)`` where the actor was revoked and servers remember it still, ``StoreError``.
    public func revoke(
        _ key: APIKeyID,
        of tenant: TenantID,
        withDescendants: Bool = false,
        by actor: APIKeyID? = nil
    ) async throws -> IssuedKey {
        let now = try await clock.now()
        var first = TenantUnit(tenant)
        first.add(LockConfiguration(tenant: tenant))
        let asking = actor.map { first.add(LoadKey(tenant: tenant, key: $0)) }
        return try await database.transaction(first) { transaction, result in
            if let asking, actor != key, try result.first(asking)?.revokedAt != nil { throw UseCaseError.conflict("the key that asks was revoked") }
            var statements = StatementList()
            statements.add(RevokeKey(tenant: tenant, key: key, by: actor, time: now))
            if withDescendants { statements.add(RevokeKeysMadeBy(tenant: tenant, key: key, by: actor, time: now)) }
            let revoked = statements.add(LoadKey(tenant: tenant, key: key))
            guard let found = try await transaction.commit(statements).first(revoked) else { throw UseCaseError.notFound }
            return found
        }
    }

    /// Ends all keys of a name that the operator issued, however many: for whoever issues a fresh one each time, as `docket dev` does.
    ///
    /// - Throws: ``StoreError``.
    public func revokeAll(named name: String, of tenant: TenantID) async throws {
        let now = try await clock.now()
        var first = TenantUnit(tenant)
        first.add(LockConfiguration(tenant: tenant))
        try await database.transaction(first) { transaction, _ in
            try await transaction.commit(RevokeKeysNamed(tenant: tenant, name: name, time: now))
        }
    }

    private static func checks(of new: NewKey, at now: Timestamp) -> FieldChecks {
        var checks = FieldChecks()
        checks.name(new.name)
        if new.hash.count != 32 { checks.add("/hash", code: .invalidFormat, "SHA-256 has 32 bytes") }
        checks.text(new.prefix, 1...20, at: "/prefix")
        checks.text(new.lastFour, 4...4, at: "/last_four")
        checks.number(new.scopes.count, 1...maximumScopes, at: "/scopes")
        for (index, scope) in new.scopes.prefix(maximumScopes).enumerated() { checks.key(scope, others: ":_.-", most: 64, at: "/scopes/\(index)") }
        if let expiresAt = new.expiresAt, expiresAt <= now { checks.add("/expires_at", code: .inPast, "the key would be over already") }
        return checks
    }
}

extension IssuedKey {
    fileprivate init(_ new: NewKey, id: APIKeyID, tenant: TenantID, by maker: APIKeyID?, at time: Timestamp) {
        self.init(
            id: id,
            tenantID: tenant,
            name: new.name,
            prefix: new.prefix,
            lastFour: new.lastFour,
            scopes: new.scopes,
            agentID: new.agentID,
            intake: new.intake,
            createdAt: time,
            createdBy: maker,
            expiresAt: new.expiresAt
        )
    }
}
