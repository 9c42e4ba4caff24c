public import Domain

extension DirectoryCommands {
    /// Adds something that tickets can book.
    public func createResource(
        _ content: ResourceContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<BookableResource>? = nil
    ) async throws -> WriteOutcome<BookableResource> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits it.
    public func updateResource(
        _ id: ResourceID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<BookableResource>? = nil,
        edit: @escaping @Sendable (ResourceContent) throws -> ResourceContent
    ) async throws -> WriteOutcome<BookableResource> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
