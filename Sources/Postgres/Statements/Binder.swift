/// Collects the parameters of the statements of a unit, in PostgreSQL's binary format, in one arena.
public struct Binder: Sendable {
    /// Where a parameter's bytes are; a length below zero is NULL.
    struct Parameter: Sendable {
        let offset: Int
        let length: Int32
    }

    private(set) var arena: [UInt8] = []
    private(set) var parameters: [Parameter] = []
    private(set) var types: [UInt32] = []
    /// The first parameter with a value that cannot be sent.
    private(set) var unencodable: Int?

    init() {}

    public mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let start = arena.count
        check(value)
        value.encode(into: &arena)
        finish(from: start, type: Value.postgresType.oid)
    }

    /// Appends the value, or NULL.
    public mutating func append<Value: PostgresEncodable>(_ value: Value?) {
        if let value {
            append(value)
        } else {
            appendNull(type: Value.postgresType.oid)
        }
    }

    /// Appends a one-dimensional array.
    public mutating func append<Element: PostgresEncodable>(_ values: [Element]) {
        let start = arena.count
        ArrayCodec.appendHeader(count: values.count, hasNulls: false, element: Element.postgresType, to: &arena)
        for value in values {
            check(value)
            ArrayCodec.append(value, to: &arena)
        }
        finish(from: start, type: Element.postgresType.arrayOID)
    }

    /// Appends a one-dimensional array in which elements may be NULL.
    public mutating func append<Element: PostgresEncodable>(_ values: [Element?]) {
        let start = arena.count
        let hasNulls = values.contains { $0 == nil }
        ArrayCodec.appendHeader(count: values.count, hasNulls: hasNulls, element: Element.postgresType, to: &arena)
        for value in values {
            if let value {
                check(value)
                ArrayCodec.append(value, to: &arena)
            } else {
                ArrayCodec.appendNull(to: &arena)
            }
        }
        finish(from: start, type: Element.postgresType.arrayOID)
    }

    /// Appends a one-dimensional array, or NULL in its place.
    public mutating func append<Element: PostgresEncodable>(_ values: [Element]?) {
        if let values {
            append(values)
        } else {
            appendNull(type: Element.postgresType.arrayOID)
        }
    }

    /// Appends a one-dimensional array in which elements may be NULL, or NULL in its place.
    public mutating func append<Element: PostgresEncodable>(_ values: [Element?]?) {
        if let values {
            append(values)
        } else {
            appendNull(type: Element.postgresType.arrayOID)
        }
    }

    private mutating func check<Value: PostgresEncodable>(_ value: Value) {
        if unencodable == nil, !value.isEncodable { unencodable = parameters.count }
    }

    private mutating func appendNull(type: UInt32) {
        parameters.append(Parameter(offset: arena.count, length: -1))
        types.append(type)
    }

    private mutating func finish(from start: Int, type: UInt32) {
        let length = arena.count - start
        // libpq takes a null pointer for NULL, so a value of no bytes needs an arena that is somewhere.
        if arena.isEmpty { arena.append(0) }
        // Units far below 2 GiB are refused as a whole (`PostgresUnit.check`), so a length that saturates is never sent.
        parameters.append(Parameter(offset: start, length: Int32(clamping: length)))
        types.append(type)
    }
}
