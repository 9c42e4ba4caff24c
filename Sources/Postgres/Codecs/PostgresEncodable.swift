/// A value that can be a parameter of a statement, in PostgreSQL's binary format.
public protocol PostgresEncodable: Sendable {
    /// The type that the parameter is declared with when the statement is prepared.
    static var postgresType: PostgresType { get }

    /// Appends the value's binary form, without its length.
    func encode(into bytes: inout [UInt8])

    /// Whether there is a value to send. A unit with one that is none fails with `encoding`, and nothing of it is sent.
    var isEncodable: Bool { get }
}

extension PostgresEncodable {
    public var isEncodable: Bool { true }
}
