public import Domain

extension DirectoryCommands {
    /// Adds a site.
    public func createSite(
        _ content: SiteContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Site>? = nil
    ) async throws -> WriteOutcome<Site> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a site. Tickets keep the place and the area that they have; its hours hold for all of them at once.
    public func updateSite(
        _ id: SiteID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Site>? = nil,
        edit: @escaping @Sendable (SiteContent) throws -> SiteContent
    ) async throws -> WriteOutcome<Site> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
