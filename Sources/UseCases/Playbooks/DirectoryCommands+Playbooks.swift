public import Domain

extension DirectoryCommands {
    /// Adds a contingency plan (features.md A3.16).
    public func createPlaybook(
        _ content: PlaybookContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Playbook>? = nil
    ) async throws -> WriteOutcome<Playbook> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits it: for tickets that it is started for from now on.
    public func updatePlaybook(
        _ id: PlaybookID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Playbook>? = nil,
        edit: @escaping @Sendable (PlaybookContent) throws -> PlaybookContent
    ) async throws -> WriteOutcome<Playbook> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
