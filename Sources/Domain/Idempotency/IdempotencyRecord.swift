/// The answer to a command that carried an Idempotency-Key: stored in the command's own transaction and given again to whoever repeats it (api.md 3).
public struct IdempotencyRecord: Hashable, Sendable {
    /// SHA-256 over method, path, query, content type and body.
    public let fingerprint: [UInt8]
    public let status: Int
    public let etag: String?
    public let location: String?
    public let body: [UInt8]

    public init(fingerprint: [UInt8], status: Int, etag: String?, location: String?, body: [UInt8]) {
        self.fingerprint = fingerprint
        self.status = status
        self.etag = etag
        self.location = location
        self.body = body
    }
}
