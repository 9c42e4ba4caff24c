/// Writes the elements of an array.
struct DocumentUnkeyedEncoder: UnkeyedEncodingContainer {
    let sink: DocumentSink
    let depth: Int
    var count = 0
    var codingPath: [any CodingKey] { [] }

    private var encoder: DocumentEncoder { DocumentEncoder(sink: sink) }

    init(sink: DocumentSink, depth: Int) {
        self.sink = sink
        self.depth = depth
    }

    private mutating func begin() {
        sink.next(at: depth)
        count += 1
    }

    mutating func encodeNil() {
        begin()
        sink.append(raw: "null")
    }

    /// Also for the simple types: they write themselves as single values.
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        begin()
        try encoder.write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        begin()
        return encoder.container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin()
        return encoder.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        begin()
        return encoder
    }
}
