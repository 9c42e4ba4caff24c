public import Domain

extension DirectoryCommands {
    /// Adds an escalation chain.
    public func createEscalationChain(
        _ content: EscalationChainContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<EscalationChainRecord>? = nil
    ) async throws -> WriteOutcome<EscalationChainRecord> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits an escalation chain: a new version. Runs that began go on with their own copy.
    public func updateEscalationChain(
        _ id: EscalationChainID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<EscalationChainRecord>? = nil,
        edit: @escaping @Sendable (EscalationChainContent) throws -> EscalationChainContent
    ) async throws -> WriteOutcome<EscalationChainRecord> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
