extension Bool: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .bool }

    public func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        guard bytes.count == 1, bytes[0] <= 1 else { throw DecodeError("a bool is one byte, 0 or 1") }
        self = bytes[0] == 1
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .float8 }

    public static func accepts(oid: UInt32) -> Bool {
        oid == PostgresType.float8.oid || oid == CompatibleType.float4
    }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(bitPattern)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        switch bytes.count {
        case 8: self = Double(bitPattern: bytes.bigEndian(UInt64.self, at: 0))
        case 4: self = Double(Float(bitPattern: bytes.bigEndian(UInt32.self, at: 0)))
        default: throw DecodeError("a float8 has 8 bytes, not \(bytes.count)")
        }
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }

    public static func accepts(oid: UInt32) -> Bool {
        oid == PostgresType.text.oid || CompatibleType.textual.contains(oid)
    }

    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw DecodeError("text that is not UTF-8") }
        self = text
    }
}

/// Types whose binary form is the same as that of a type that Docket names: read, never sent.
enum CompatibleType {
    static let name: UInt32 = 19
    static let json: UInt32 = 114
    static let float4: UInt32 = 700
    static let unknown: UInt32 = 705
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let textual: [UInt32] = [varchar, name, bpchar, unknown, json]
}
