/// Reads the members of an object. They are looked for one after the other: documents have few, and their names differ in length.
struct DocumentKeyedDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: DocumentTape
    let index: Int
    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        var keys: [Key] = []
        var name = index + 1
        while name < tape.nodes[index].next {
            if let key = tape.text(of: tape.nodes[name]).flatMap({ Key(stringValue: $0) }) { keys.append(key) }
            name = tape.nodes[name + 1].next
        }
        return keys
    }

    private func find(_ key: Key) -> DocumentDecoder? {
        let text = key.stringValue
        var name = index + 1
        while name < tape.nodes[index].next {
            let node = tape.nodes[name]
            if tape.isText(node, text) { return DocumentDecoder(tape: tape, index: name + 1) }
            if case .string(isEscaped: true) = node.kind, tape.text(of: node) == text { return DocumentDecoder(tape: tape, index: name + 1) }
            name = tape.nodes[name + 1].next
        }
        return nil
    }

    private func value(_ key: Key) throws -> DocumentDecoder {
        guard let value = find(key) else {
            throw DecodingError.keyNotFound(key, DecodingError.Context(codingPath: [], debugDescription: "a member is missing"))
        }
        return value
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

    /// Also for the simple types: they read themselves as single values.
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try Value(from: try value(key)) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let found = find(key), !found.isNull else { return nil }
        return try Value(from: found)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try value(key).unkeyedContainer() }

    func superDecoder() throws -> any Decoder { DocumentDecoder(tape: tape, index: index) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}
