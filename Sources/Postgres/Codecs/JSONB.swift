/// A `jsonb` value as its JSON text in UTF-8; the server checks that it is JSON.
public struct JSONB: Hashable, Sendable {
    /// The text; empty where a value could not be written as JSON, which cannot be sent.
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension JSONB: PostgresEncodable, PostgresDecodable {
    /// The one version of the binary format that PostgreSQL has.
    private static let version: UInt8 = 1

    public static var postgresType: PostgresType { .jsonb }

    /// No JSON is empty.
    public var isEncodable: Bool { !bytes.isEmpty }

    public func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes.append(contentsOf: self.bytes)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        guard bytes.first == Self.version else { throw DecodeError("a jsonb of an unknown format version") }
        self.bytes = Array(bytes.dropFirst())
    }
}
