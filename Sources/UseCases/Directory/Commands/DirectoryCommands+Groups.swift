public import Domain

extension DirectoryCommands {
    /// Adds a group without members.
    public func createGroup(
        _ content: AgentGroupContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<AgentGroup>? = nil
    ) async throws -> WriteOutcome<AgentGroup> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a group.
    public func updateGroup(
        _ id: GroupID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<AgentGroup>? = nil,
        edit: @escaping @Sendable (AgentGroupContent) throws -> AgentGroupContent
    ) async throws -> WriteOutcome<AgentGroup> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
