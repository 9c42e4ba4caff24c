public import Domain
public import Postgres

/// Waits until no other request with the same Idempotency-Key is at work (api.md 3), and keeps others waiting until the transaction ends: what is read after
/// it sees the answer of the one before. It stands first, before whatever else the request locks.
///
/// Fails with ``StoreError/idempotencyKeyInUse`` where the other one takes longer than a lock is waited for. Two keys that hash to the same number wait
/// for each other, which does no harm.
public struct LockIdempotencyKey: Statement {
    public typealias Row = NoRow
    public static let sql = "SELECT pg_advisory_xact_lock(hashtextextended($2, uuid_hash_extended($1, 0)))"
    let principal: APIKeyID
    let key: String

    public init(principal: APIKeyID, key: String) {
        self.principal = principal
        self.key = key
    }

    public func bind(into binder: inout Binder) {
        binder.append(principal)
        binder.append(key)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> NoRow {
        NoRow()
    }
}
