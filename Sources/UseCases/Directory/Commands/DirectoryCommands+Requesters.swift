public import Domain

extension DirectoryCommands {
    /// Adds somebody who asks for help.
    public func createRequester(
        _ content: RequesterContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Requester>? = nil
    ) async throws -> WriteOutcome<Requester> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a requester. His live tickets follow him to another organization, in the background.
    public func updateRequester(
        _ id: RequesterID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Requester>? = nil,
        edit: @escaping @Sendable (RequesterContent) throws -> RequesterContent
    ) async throws -> WriteOutcome<Requester> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
