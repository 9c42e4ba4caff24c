/// Writes the members of an object.
struct DocumentKeyedEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: DocumentSink
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    private var encoder: DocumentEncoder { DocumentEncoder(sink: sink) }

    private func begin(_ key: Key) {
        sink.next(at: depth)
        sink.append(key: key.stringValue)
    }

    func encodeNil(forKey key: Key) {
        begin(key)
        sink.append(raw: "null")
    }

    /// Also for the simple types: they write themselves as single values.
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        begin(key)
        try encoder.write(value)
    }

    func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        begin(key)
        return encoder.container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key)
        return encoder.unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        sink.next(at: depth)
        sink.append(key: "super")
        return encoder
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        begin(key)
        return encoder
    }
}
