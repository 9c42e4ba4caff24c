import Postgres

/// Reads a row's columns from left to right, so that a long column list and its decoding stay in the same order.
struct ColumnReader {
    private let row: RowView
    private var index = 0

    init(_ row: RowView) {
        self.row = row
    }

    mutating func next<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(DecodeError) -> Value {
        defer { index += 1 }
        return try row.decode(type, at: index)
    }

    mutating func nextOptional<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(DecodeError) -> Value? {
        defer { index += 1 }
        return try row.decodeOptional(type, at: index)
    }

    mutating func nextArray<Element: PostgresDecodable>(_ type: Element.Type = Element.self) throws(DecodeError) -> [Element] {
        defer { index += 1 }
        return try row.decode([Element].self, at: index)
    }

    mutating func nextOptionalArrayOfOptionals<Element: PostgresDecodable>(
        _ type: Element.Type = Element.self
    ) throws(DecodeError) -> [Element?]? {
        defer { index += 1 }
        return try row.decodeOptional([Element?].self, at: index)
    }
}
