/// Writes a value as JSON straight into bytes.
///
/// The general encoder of Foundation took most of the time of whoever fires timers or creates tickets; documents need no options, no dates and
/// no key strategies.
struct DocumentEncoder: Encoder {
    let sink: DocumentSink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// - Throws: `EncodingError` for a number that JSON does not have.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let sink = DocumentSink()
        try DocumentEncoder(sink: sink).write(value)
        return sink.bytes
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(DocumentKeyedEncoder(sink: sink, depth: sink.open(UInt8(ascii: "{"), UInt8(ascii: "}"))))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        DocumentUnkeyedEncoder(sink: sink, depth: sink.open(UInt8(ascii: "["), UInt8(ascii: "]")))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        DocumentValueEncoder(sink: sink)
    }

    /// Writes a whole value; one that writes nothing is an empty object.
    func write(_ value: some Encodable) throws {
        let depth = sink.depth
        let start = sink.bytes.count
        try value.encode(to: self)
        sink.close(to: depth)
        if sink.bytes.count == start { sink.append(raw: "{}") }
    }

    func write(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(value, EncodingError.Context(codingPath: [], debugDescription: "not a number of JSON"))
        }
        sink.append(raw: value.description)
    }
}
