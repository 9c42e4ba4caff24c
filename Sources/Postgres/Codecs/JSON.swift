/// A `json` value: its JSON text in UTF-8, kept as it was written; the server checks that it is JSON.
public struct JSON: Hashable, Sendable {
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension JSON: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .json }

    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self.bytes)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self.bytes = Array(bytes)
    }
}
