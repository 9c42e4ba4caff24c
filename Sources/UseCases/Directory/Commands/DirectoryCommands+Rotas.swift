public import Domain

extension DirectoryCommands {
    /// Adds an on-call rota.
    public func createOnCallRota(
        _ content: OnCallRotaContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<OnCallRotaRecord>? = nil
    ) async throws -> WriteOutcome<OnCallRotaRecord> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits an on-call rota: it holds for whatever fires from now on.
    public func updateOnCallRota(
        _ id: RotaID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<OnCallRotaRecord>? = nil,
        edit: @escaping @Sendable (OnCallRotaContent) throws -> OnCallRotaContent
    ) async throws -> WriteOutcome<OnCallRotaRecord> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
