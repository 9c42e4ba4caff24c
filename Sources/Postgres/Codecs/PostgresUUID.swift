/// A `uuid`: 16 bytes, as two big-endian halves.
public struct PostgresUUID: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension PostgresUUID: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .uuid }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(high)
        bytes.appendBigEndian(low)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        guard bytes.count == 16 else { throw DecodeError("a uuid has 16 bytes, not \(bytes.count)") }
        high = bytes.bigEndian(UInt64.self, at: 0)
        low = bytes.bigEndian(UInt64.self, at: 8)
    }
}
