/// Writes one value that is neither an object nor an array.
struct DocumentValueEncoder: SingleValueEncodingContainer {
    let sink: DocumentSink
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { sink.append(raw: "null") }
    func encode(_ value: Bool) { sink.append(raw: value ? "true" : "false") }
    func encode(_ value: String) { sink.append(value) }
    func encode(_ value: Double) throws { try DocumentEncoder(sink: sink).write(value) }
    func encode(_ value: Float) throws { try DocumentEncoder(sink: sink).write(Double(value)) }
    func encode(_ value: Int) { sink.append(raw: value.description) }
    func encode(_ value: Int8) { sink.append(raw: value.description) }
    func encode(_ value: Int16) { sink.append(raw: value.description) }
    func encode(_ value: Int32) { sink.append(raw: value.description) }
    func encode(_ value: Int64) { sink.append(raw: value.description) }
    func encode(_ value: UInt) { sink.append(raw: value.description) }
    func encode(_ value: UInt8) { sink.append(raw: value.description) }
    func encode(_ value: UInt16) { sink.append(raw: value.description) }
    func encode(_ value: UInt32) { sink.append(raw: value.description) }
    func encode(_ value: UInt64) { sink.append(raw: value.description) }
    func encode<Value: Encodable>(_ value: Value) throws { try DocumentEncoder(sink: sink).write(value) }
}
