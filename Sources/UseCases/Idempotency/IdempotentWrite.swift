public import Domain
import Store

/// A write that may arrive twice under one Idempotency-Key (api.md 3).
public struct IdempotentWrite<Value: Sendable>: Sendable {
    /// Whose key it is: the same text of another principal is another key.
    public let principal: APIKeyID
    public let key: String
    /// SHA-256 over the request.
    public let fingerprint: [UInt8]
    /// The answer to store, from what the write leaves. It is kept as it is: no secret belongs into it.
    public let answer: @Sendable (Value) -> IdempotencyRecord

    public init(principal: APIKeyID, key: String, fingerprint: [UInt8], answer: @escaping @Sendable (Value) -> IdempotencyRecord) {
        self.principal = principal
        self.key = key
        self.fingerprint = fingerprint
        self.answer = answer
    }

    /// The stored answer, if it was the answer to this very request.
    func checked(_ record: IdempotencyRecord) throws(UseCaseError) -> IdempotencyRecord {
        guard record.fingerprint == fingerprint else { throw .idempotencyKeyReused }
        return record
    }

    /// How the transaction of the write begins, unless it begins with ``insert(_:in:at:)``: of two requests at once the second waits for the first.
    func lock() -> LockIdempotencyKey {
        LockIdempotencyKey(principal: principal, key: key)
    }

    func load(in tenant: TenantID) -> LoadIdempotencyRecord {
        LoadIdempotencyRecord(tenant: tenant, principal: principal, key: key)
    }

    func insert(_ value: Value, in tenant: TenantID, at time: Timestamp) -> InsertIdempotencyRecord {
        InsertIdempotencyRecord(tenant: tenant, principal: principal, key: key, record: answer(value), time: time)
    }
}

/// What a write gave: a new effect, or the stored answer to the same request.
public enum WriteOutcome<Value: Sendable>: Sendable {
    case done(Value)
    case replayed(IdempotencyRecord)

    /// The outcome with another value of the same effect.
    func map<Other: Sendable>(_ transform: (Value) -> Other) -> WriteOutcome<Other> {
        switch self {
        case .done(let value): .done(transform(value))
        case .replayed(let record): .replayed(record)
        }
    }
}
