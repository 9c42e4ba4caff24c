import CLibPQ

/// One row of a result, read column by column; columns count from 0.
public struct RowView {
    let results: ResultStore
    let result: OpaquePointer
    let row: Int32

    /// The number of columns.
    public var columnCount: Int { Int(PQnfields(result)) }

    /// Reads a column that is not NULL. Throws `DecodeError` for NULL, another type, or no such column.
    public func decode<Value: PostgresDecodable>(_ type: Value.Type, at column: Int) throws(DecodeError) -> Value {
        guard let bytes = try bytes(Value.self, at: column) else { throw DecodeError("NULL where a value is required", column: column) }
        return try value(Value.self, bytes, column)
    }

    /// Reads a column that may be NULL.
    public func decodeOptional<Value: PostgresDecodable>(_ type: Value.Type, at column: Int) throws(DecodeError) -> Value? {
        guard let bytes = try bytes(Value.self, at: column) else { return nil }
        return try value(Value.self, bytes, column)
    }

    /// Reads an array none of whose elements is NULL.
    public func decode<Element: PostgresDecodable>(_ type: [Element].Type, at column: Int) throws(DecodeError) -> [Element] {
        guard let array = try decodeOptional(type, at: column) else { throw DecodeError("NULL where an array is required", column: column) }
        return array
    }

    /// Reads an array none of whose elements is NULL, or NULL in its place.
    public func decodeOptional<Element: PostgresDecodable>(_ type: [Element].Type, at column: Int) throws(DecodeError) -> [Element]? {
        guard let elements = try elements(Element.self, at: column) else { return nil }
        var values: [Element] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            guard let element else { throw DecodeError("a NULL element where a value is required", column: column) }
            values.append(element)
        }
        return values
    }

    /// Reads an array whose elements may be NULL.
    public func decode<Element: PostgresDecodable>(_ type: [Element?].Type, at column: Int) throws(DecodeError) -> [Element?] {
        guard let array = try elements(Element.self, at: column) else { throw DecodeError("NULL where an array is required", column: column) }
        return array
    }

    /// Reads an array whose elements may be NULL, or NULL in its place.
    public func decodeOptional<Element: PostgresDecodable>(_ type: [Element?].Type, at column: Int) throws(DecodeError) -> [Element?]? {
        try elements(Element.self, at: column)
    }

    private func elements<Element: PostgresDecodable>(_ type: Element.Type, at column: Int) throws(DecodeError) -> [Element?]? {
        guard let bytes = try bytes(at: column) else { return nil }
        do {
            return try ArrayCodec.decode(Element.self, from: bytes)
        } catch {
            throw error.located(at: column)
        }
    }

    private func value<Value: PostgresDecodable>(_ type: Value.Type, _ bytes: UnsafeRawBufferPointer, _ column: Int) throws(DecodeError) -> Value {
        do {
            return try Value(postgres: bytes)
        } catch {
            throw error.located(at: column)
        }
    }

    private func bytes<Value: PostgresDecodable>(_ type: Value.Type, at column: Int) throws(DecodeError) -> UnsafeRawBufferPointer? {
        let bytes = try bytes(at: column)
        let oid = PQftype(result, Int32(truncatingIfNeeded: column))
        guard Value.accepts(oid: oid) else { throw DecodeError("a column of type \(oid) cannot be read as \(Value.self)", column: column) }
        return bytes
    }

    private func bytes(at column: Int) throws(DecodeError) -> UnsafeRawBufferPointer? {
        guard column >= 0, column < columnCount else { throw DecodeError("there is no such column", column: column) }
        let index = Int32(truncatingIfNeeded: column)
        if PQgetisnull(result, row, index) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(result, row, index), count: Int(PQgetlength(result, row, index)))
    }
}
