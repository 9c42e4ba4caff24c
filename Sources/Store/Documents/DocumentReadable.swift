import Postgres

/// What reads itself from a value of a stored document without `Codable`: for the documents that every ticket and every firing needs.
protocol DocumentReadable {
    /// - Throws: `DecodeError` for a value of another kind or range; holds names of members, nothing of their values.
    init(document value: DocumentValue) throws(DecodeError)
}

/// What writes itself into a stored document without `Codable`.
protocol DocumentWritable {
    /// Writes one whole value.
    func write(to writer: inout DocumentWriter)
}

typealias DocumentRepresentable = DocumentReadable & DocumentWritable

extension DocumentCoding {
    /// A value as JSON text.
    static func write(_ value: some DocumentWritable) -> [UInt8] {
        var writer = DocumentWriter()
        value.write(to: &writer)
        return writer.bytes
    }

    static func read<Value: DocumentReadable>(_ type: Value.Type, from text: [UInt8]) throws(DecodeError) -> Value {
        try Value(document: DocumentValue(tape: try DocumentTape(text), index: 0))
    }
}
