/// Reads one value that is neither an object nor an array.
struct DocumentValueDecoder: SingleValueDecodingContainer {
    let decoder: DocumentDecoder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoder.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch decoder.node.kind {
        case .yes: true
        case .no: false
        default: throw decoder.mismatch(type)
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string = decoder.node.kind, let text = decoder.tape.text(of: decoder.node) else { throw decoder.mismatch(type) }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double { try number(type) { Double($0) } }
    func decode(_ type: Float.Type) throws -> Float { try number(type) { Float($0) } }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }

    private func number<Number>(_ type: Number.Type, _ read: (String) -> Number?) throws -> Number {
        guard case .number = decoder.node.kind, let text = decoder.tape.text(of: decoder.node), let value = read(text) else {
            throw decoder.mismatch(type)
        }
        return value
    }

    /// Whole numbers only; also those that PostgreSQL shows with a fraction of zeros.
    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
        try number(type) { text in Integer(text) ?? Double(text).flatMap { Integer(exactly: $0) } }
    }
}
