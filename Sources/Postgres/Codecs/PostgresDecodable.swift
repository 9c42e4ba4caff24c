/// A value that can be read from a column, in PostgreSQL's binary format.
public protocol PostgresDecodable: Sendable {
    /// The type that the column is expected to have.
    static var postgresType: PostgresType { get }

    /// Whether a column of the type with this id can be read; by default only `postgresType` itself.
    static func accepts(oid: UInt32) -> Bool

    /// Reads the value from its binary form.
    ///
    /// The bytes are valid during the call only. Throws `DecodeError` when they are not such a value.
    init(postgres bytes: UnsafeRawBufferPointer) throws(DecodeError)
}

extension PostgresDecodable {
    public static func accepts(oid: UInt32) -> Bool {
        oid == postgresType.oid
    }
}
