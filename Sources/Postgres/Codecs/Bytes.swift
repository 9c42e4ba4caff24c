/// A `bytea`: bytes as they are.
public struct Bytes: Hashable, Sendable {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension Bytes: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .bytea }

    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self.bytes)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self.bytes = Array(bytes)
    }
}
