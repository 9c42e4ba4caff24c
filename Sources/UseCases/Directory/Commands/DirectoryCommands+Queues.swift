public import Domain

extension DirectoryCommands {
    /// Adds a queue without members. A new default queue takes that place from the present one.
    public func createQueue(
        _ content: QueueContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Queue>? = nil
    ) async throws -> WriteOutcome<Queue> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a queue; waiting tickets are matched by the new rules at once, and keep their rank.
    public func updateQueue(
        _ id: QueueID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Queue>? = nil,
        edit: @escaping @Sendable (QueueContent) throws -> QueueContent
    ) async throws -> WriteOutcome<Queue> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
