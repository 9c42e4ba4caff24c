public import Domain

extension DirectoryCommands {
    /// Adds an agent, with his capacity and skills. He gets work once he serves a queue and is online.
    public func createAgent(
        _ content: AgentContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Agent>? = nil
    ) async throws -> WriteOutcome<Agent> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits an agent, skills and capacity included; what that lets him take is looked at at once. A lower capacity takes no work away.
    public func updateAgent(
        _ id: AgentID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Agent>? = nil,
        edit: @escaping @Sendable (AgentContent) throws -> AgentContent
    ) async throws -> WriteOutcome<Agent> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
