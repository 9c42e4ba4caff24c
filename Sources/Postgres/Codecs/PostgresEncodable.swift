/// A value that can be a parameter of a statement, in PostgreSQL's binary format.
public protocol PostgresEncodable: Sendable {
    /// The type that the parameter is declared with when the statement is prepared.
    static var postgresType: PostgresType { get }

    /// Appends the value's binary form, without its length.
    func encode(into bytes: inout [UInt8])
}
