public import Domain

extension DirectoryCommands {
    /// Adds a customer.
    public func createOrganization(
        _ content: OrganizationContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Organization>? = nil
    ) async throws -> WriteOutcome<Organization> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a customer; another tier or calendar is applied to its live tickets in the background.
    public func updateOrganization(
        _ id: OrganizationID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Organization>? = nil,
        edit: @escaping @Sendable (OrganizationContent) throws -> OrganizationContent
    ) async throws -> WriteOutcome<Organization> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
