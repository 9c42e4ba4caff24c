/// Reads a value from a JSON text that was taken apart; the counterpart of ``DocumentEncoder``.
struct DocumentDecoder: Decoder {
    let tape: DocumentTape
    /// Of the value, on the tape.
    let index: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try Value(from: DocumentDecoder(tape: try DocumentTape(bytes), index: 0))
    }

    var node: DocumentTape.Node { tape.nodes[index] }

    var isNull: Bool {
        if case .null = node.kind { true } else { false }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object = node.kind else { throw mismatch(Key.self) }
        return KeyedDecodingContainer(DocumentKeyedDecoder(tape: tape, index: index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array = node.kind else { throw mismatch([Any].self) }
        return DocumentUnkeyedDecoder(tape: tape, index: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        DocumentValueDecoder(decoder: self)
    }

    /// Says of which type a value is not, and nothing of the value.
    func mismatch(_ type: Any.Type) -> DecodingError {
        isNull
            ? .valueNotFound(type, DecodingError.Context(codingPath: [], debugDescription: "null"))
            : .typeMismatch(type, DecodingError.Context(codingPath: [], debugDescription: "another type"))
    }
}
