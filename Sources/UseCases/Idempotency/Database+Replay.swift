import Domain
import Store

extension Database {
    /// The stored answer to a write, where it was done before.
    ///
    /// - Throws: ``UseCaseError/idempotencyKeyReused`` where the key was used for another request; ``StoreError``.
    func record<Value>(of idempotency: IdempotentWrite<Value>, in tenant: TenantID) async throws -> IdempotencyRecord? {
        try await first(idempotency.load(in: tenant), of: tenant).map { try idempotency.checked($0) }
    }

    /// The stored answer to a write that found its key taken.
    ///
    /// - Throws: as ``record(of:in:)``; ``UseCaseError/busy`` where the answer is there no more.
    func replay<Value>(_ idempotency: IdempotentWrite<Value>?, in tenant: TenantID) async throws -> IdempotencyRecord {
        guard let idempotency, let record = try await record(of: idempotency, in: tenant) else { throw UseCaseError.busy }
        return record
    }
}
