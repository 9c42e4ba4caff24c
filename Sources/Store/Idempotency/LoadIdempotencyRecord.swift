public import Domain
public import Postgres

/// Reads the answer stored under a key, if there is one.
public struct LoadIdempotencyRecord: Statement {
    public typealias Row = IdempotencyRecord
    public static let sql = """
        SELECT fingerprint, status, etag, location, body FROM docket.idempotency_record WHERE tenant_id = $1 AND principal = $2 AND key = $3
        """
    let tenant: TenantID
    let principal: APIKeyID
    let key: String

    public init(tenant: TenantID, principal: APIKeyID, key: String) {
        self.tenant = tenant
        self.principal = principal
        self.key = key
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(principal)
        binder.append(key)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> IdempotencyRecord {
        IdempotencyRecord(
            fingerprint: try row.decode(Bytes.self, at: 0).bytes,
            status: Int(try row.decode(Int16.self, at: 1)),
            etag: try row.decodeOptional(String.self, at: 2),
            location: try row.decodeOptional(String.self, at: 3),
            body: try row.decode(Bytes.self, at: 4).bytes
        )
    }
}
