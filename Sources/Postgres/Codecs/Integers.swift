extension Int16: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int2 }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self = try bytes.postgresInteger()
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int4 }

    public static func accepts(oid: UInt32) -> Bool {
        oid == PostgresType.int4.oid || oid == PostgresType.int2.oid
    }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self = try bytes.postgresInteger()
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }

    public static func accepts(oid: UInt32) -> Bool {
        oid == PostgresType.int8.oid || oid == PostgresType.int4.oid || oid == PostgresType.int2.oid
    }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self = try bytes.postgresInteger()
    }
}

/// `Int` is an `int8` parameter; a column may be any of the three integer types.
extension Int: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }

    public static func accepts(oid: UInt32) -> Bool {
        Int64.accepts(oid: oid)
    }

    public func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int64(self))
    }

    public init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError) {
        self = try bytes.postgresInteger()
    }
}

extension UnsafeRawBufferPointer {
    /// An integer of two, four or eight bytes, where `Value` can hold it.
    func postgresInteger<Value: FixedWidthInteger>() throws(DecodeError) -> Value {
        let value: Value? =
            switch count {
            case 2: Value(exactly: bigEndian(Int16.self, at: 0))
            case 4: Value(exactly: bigEndian(Int32.self, at: 0))
            case 8: Value(exactly: bigEndian(Int64.self, at: 0))
            default: nil
            }
        guard let value else { throw DecodeError("an integer of \(count) bytes does not fit \(Value.self)") }
        return value
    }
}
