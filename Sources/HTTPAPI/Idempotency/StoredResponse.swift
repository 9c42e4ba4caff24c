/// A response as the idempotency record keeps it: what a retry gets again, byte for byte.
public struct StoredResponse: Hashable, Sendable {
    public struct Header: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public let status: Int
    /// `ETag`, `Location`, `Content-Type`, `Link`: the fields that describe the result. Those of the exchange (Request-Id, …) are new each time.
    public let headers: [Header]
    public let body: [UInt8]

    public init(status: Int, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
