public import Domain

extension DirectoryCommands {
    /// Sets what a settlement comes to.
    public func updateSettlement(
        _ id: SettlementID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Settlement>? = nil,
        edit: @escaping @Sendable (SettlementContent) throws -> SettlementContent
    ) async throws -> WriteOutcome<Settlement> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
