public import Domain
import Store

/// A webhook endpoint with its signing secret, which is shown this once.
public struct CreatedWebhookEndpoint: Sendable {
    public let endpoint: WebhookEndpoint
    public let secret: WebhookSigningSecret
}

extension DirectoryCommands {
    /// Adds a webhook endpoint with a new signing secret.
    ///
    /// - Parameter idempotency: its answer is made without the secret, so that no secret is stored; whoever repeats the request gets none and rotates it.
    public func createWebhookEndpoint(
        url: String,
        note: String = "",
        eventTypes: [String] = [],
        in tenant: TenantID,
        idempotency: IdempotentWrite<WebhookEndpoint>? = nil
    ) async throws -> WriteOutcome<CreatedWebhookEndpoint> {
        let id: WebhookEndpointID = environment.identifiers.next()
        let secret = WebhookSigningSecret()
        let sealed = try tools.secrets.seal(secret, of: id, in: tenant)
        let content = WebhookEndpointContent(url: url, note: note, eventTypes: eventTypes, sealedSecret: sealed)
        return try await writer.create(content, id: id, in: tenant, idempotency: idempotency).map {
            CreatedWebhookEndpoint(endpoint: $0, secret: secret)
        }
    }

    /// Edits a webhook endpoint; the signing secrets stay.
    public func updateWebhookEndpoint(
        _ id: WebhookEndpointID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<WebhookEndpoint>? = nil,
        edit: @escaping @Sendable (WebhookEndpointContent) throws -> WebhookEndpointContent
    ) async throws -> WriteOutcome<WebhookEndpoint> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { before in
            var after = try edit(before)
            after.sealedSecret = before.sealedSecret
            after.earlierSecrets = before.earlierSecrets
            return after
        }
    }

    /// Gives a webhook endpoint another signing secret. What is signed from then on bears its signature first, and for a time those of the secrets before it,
    /// so that the receiver can change over; then they are forgotten.
    ///
    /// - Parameter overlapSeconds: how long the secret signs that is replaced; 0 ends it, and all before it, at once.
    /// - Throws: ``UseCaseError/conflict(_:)`` where as many sign already as may; ``UseCaseError``, ``StoreError``.
    public func rotateWebhookSecret(
        of id: WebhookEndpointID,
        in tenant: TenantID,
        overlapSeconds: Int = WebhookEndpointContent.defaultOverlapSeconds,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<WebhookEndpoint>? = nil
    ) async throws -> WriteOutcome<CreatedWebhookEndpoint> {
        guard WebhookEndpointContent.overlapSeconds.contains(overlapSeconds) else {
            throw UseCaseError.invalid([FieldProblem("/overlap_seconds", code: .outOfRange, detail: "0 to 604800 seconds")])
        }
        let now = try await environment.clock.now()
        let until = overlapSeconds == 0 ? nil : now.adding(microseconds: Int64(overlapSeconds) * 1_000_000)
        let secret = WebhookSigningSecret()
        let sealed = try tools.secrets.seal(secret, of: id, in: tenant)
        let outcome: WriteOutcome<WebhookEndpoint> = try await writer.update(
            id,
            in: tenant,
            expectedVersion: expectedVersion,
            idempotency: idempotency
        ) { before in
            guard let after = before.rotated(to: sealed, keepingEarlierUntil: until, at: now) else {
                throw UseCaseError.conflict(
                    "\(WebhookEndpointContent.maximumEarlierSecrets) earlier secrets sign still; wait for one of them to end, or end all with an overlap of 0"
                )
            }
            return after
        }
        return outcome.map { CreatedWebhookEndpoint(endpoint: $0, secret: secret) }
    }

    /// The most agents whom ``UseCaseError/reachesAgents(_:)`` names.
    public static let maximumReachedAgents = LoadAgentsReached.limit

    /// Removes a webhook endpoint by which no agent is reached and that no escalation chain calls. What still waits for it is not delivered; the log of its attempts stays.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/versionMismatch(current:)``, ``UseCaseError/reachesAgents(_:)``,
    ///   ``UseCaseError/conflict(_:)``, ``StoreError``.
    public func deleteWebhookEndpoint(_ id: WebhookEndpointID, in tenant: TenantID, expectedVersion: ExpectedVersions? = nil) async throws {
        var first = TenantUnit(tenant)
        first.add(LockConfiguration(tenant: tenant))
        let locked = first.add(LockContent<WebhookEndpointContent>(tenant: tenant, id: id))
        // Channels and chains change under the same lock.
        let reached = first.add(LoadAgentsReached(tenant: tenant, by: id))
        let calling = first.add(LoadChainsCalling(tenant: tenant, endpoint: id))
        try await environment.database.transaction(first) { transaction, result in
            guard let endpoint = try result.first(locked) else { throw UseCaseError.notFound }
            if let expectedVersion, !expectedVersion.contain(endpoint.version) { throw UseCaseError.versionMismatch(current: endpoint.version) }
            let agents = try result.rows(reached)
            guard agents.isEmpty else { throw UseCaseError.reachesAgents(agents) }
            let chains = try result.rows(calling)
            guard chains.isEmpty else {
                let names = chains.map(\.description).joined(separator: ", ")
                throw UseCaseError.conflict("levels of escalation chains call it, take it out of these first: \(names)")
            }
            var statements = StatementList()
            statements.add(DeleteContent<WebhookEndpointContent>(tenant: tenant, id: id))
            statements.add(AdvanceConfiguration(tenant: tenant))
            _ = try await transaction.commit(statements)
        }
    }
}
