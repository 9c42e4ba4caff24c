import Postgres

/// Reads and writes the documents kept in `jsonb` columns. Keys in snake_case come from the types themselves.
enum DocumentCoding {
    /// A value as JSON. The Domain's documents hold no value that JSON cannot (no NaN, no non-text keys): a failure is a defect, and an empty document, for
    /// which the whole unit is refused before anything is sent.
    static func encode(_ value: some Encodable) -> JSONB {
        JSONB(bytes: (try? DocumentEncoder.encode(value)) ?? [])
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from json: JSONB) throws(DecodeError) -> Value {
        do {
            return try DocumentDecoder.decode(type, from: json.bytes)
        } catch {
            throw DecodeError("a document that is not a \(Value.self)")
        }
    }
}

extension ColumnReader {
    mutating func nextDocument<Value: Decodable>(_ type: Value.Type = Value.self) throws(DecodeError) -> Value {
        try DocumentCoding.decode(type, from: try next(JSONB.self))
    }
}
