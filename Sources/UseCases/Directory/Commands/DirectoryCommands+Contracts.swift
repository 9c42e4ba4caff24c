public import Domain

extension DirectoryCommands {
    /// Adds a contract of an organization. Statements of earlier months count it too, where it was valid then.
    public func createContract(
        _ content: ContractContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Contract>? = nil
    ) async throws -> WriteOutcome<Contract> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a contract; other terms from a day on are another contract.
    public func updateContract(
        _ id: ContractID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Contract>? = nil,
        edit: @escaping @Sendable (ContractContent) throws -> ContractContent
    ) async throws -> WriteOutcome<Contract> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
