public import Domain
public import Postgres

/// Stores an answer; fails with ``StoreError/duplicate(constraint:)`` when the key was used before, which undoes the repeated command.
public struct InsertIdempotencyRecord: Statement {
    public typealias Row = NoRow
    /// The constraint that a repeated key violates.
    public static let constraint = "idempotency_record_pkey"
    public static let sql = """
        INSERT INTO docket.idempotency_record (tenant_id, principal, key, fingerprint, status, etag, location, body, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """
    let tenant: TenantID
    let principal: APIKeyID
    let key: String
    let record: IdempotencyRecord
    let time: Timestamp

    public init(tenant: TenantID, principal: APIKeyID, key: String, record: IdempotencyRecord, time: Timestamp) {
        self.tenant = tenant
        self.principal = principal
        self.key = key
        self.record = record
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(principal)
        binder.append(key)
        binder.append(Bytes(record.fingerprint))
        binder.append(Int16(clamping: record.status))
        binder.append(record.etag)
        binder.append(record.location)
        binder.append(Bytes(record.body))
        binder.append(time)
    }
}
