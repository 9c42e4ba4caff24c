import Crypto
public import Domain

/// What the idempotency record of one request is keyed by and checked against (api.md 3).
///
/// The record is unique per (tenant, credential, key); the use case writes it in the transaction of the effect.
public struct IdempotencyRequest: Hashable, Sendable {
    public let tenantID: TenantID
    /// The credential: another key of the same tenant has its own keys.
    public let principalID: APIKeyID
    public let key: IdempotencyKey
    public let method: String
    public let pathTemplate: String
    /// SHA-256 over method, path, canonical query, content type and raw body: 32 bytes. Another one under the same key is another request.
    public let fingerprint: [UInt8]

    init(
        principal: Principal,
        key: IdempotencyKey,
        method: String,
        pathTemplate: String,
        path: String,
        query: QueryString,
        contentType: String,
        body: [UInt8]
    ) {
        tenantID = principal.tenantID
        principalID = principal.keyID
        self.key = key
        self.method = method
        self.pathTemplate = pathTemplate
        var hash = SHA256()
        // Lengths before the parts: no two different requests may run together into the same bytes.
        for part in [method, path, query.canonical(), contentType] {
            var bytes: [UInt8] = []
            bytes.append(bigEndian: UInt64(part.utf8.count))
            bytes.append(contentsOf: part.utf8)
            hash.update(data: bytes)
        }
        hash.update(data: body)
        fingerprint = Array(hash.finalize())
    }
}
