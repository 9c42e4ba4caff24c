public import Domain
import Store

extension TicketCommands {
    /// Notes that a request is done in parts, each of which is repeated by a key of its own: another request with the same key is refused from then on (api.md 3). Nothing
    /// where this request was begun before.
    ///
    /// - Throws: ``UseCaseError/idempotencyKeyReused`` where the key was used for another request; ``StoreError``.
    public func beginParts(of request: IdempotentWrite<Void>, in tenant: TenantID) async throws {
        do {
            try await environment.configurations.withConfiguration(of: tenant) { configuration in
                var unit = TenantUnit(tenant)
                unit.add(request.insert((), in: tenant, at: try await environment.clock.now()))
                // Of a tenant that is gone nothing is written, whatever is remembered of it.
                unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
                _ = try await environment.database.run(unit)
            }
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            _ = try await environment.database.replay(request, in: tenant)
        }
    }
}
