public import Domain

extension DirectoryCommands {
    /// Adds an SLA policy; tickets that come in after it may get it.
    public func createSLAPolicy(
        _ content: SLAPolicyContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<SLAPolicyRecord>? = nil
    ) async throws -> WriteOutcome<SLAPolicyRecord> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits an SLA policy: a new version. The old one stays readable for the clocks that began under it.
    public func updateSLAPolicy(
        _ id: SLAPolicyID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<SLAPolicyRecord>? = nil,
        edit: @escaping @Sendable (SLAPolicyContent) throws -> SLAPolicyContent
    ) async throws -> WriteOutcome<SLAPolicyRecord> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }

    /// Deletes an SLA policy: the live tickets under it are measured anew in the background, as after an edit, and its name is free. Its versions stay for
    /// the clocks and reports that name them.
    ///
    /// - Throws: ``UseCaseError/gone`` where it was deleted before.
    public func deleteSLAPolicy(_ id: SLAPolicyID, in tenant: TenantID, expectedVersion: ExpectedVersions? = nil) async throws {
        _ = try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: nil) { (before: SLAPolicyContent) in
            before.deleted
        }
    }
}
