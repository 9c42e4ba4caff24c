/// One SQL statement with its parameters; prepared once per connection under a name of its own.
///
/// The text is a constant of the type: never built from values (security.md: no SQL from strings).
public protocol Statement: Sendable {
    /// What one row of the result becomes; `NoRow` for statements that return nothing.
    associatedtype Row: Sendable

    /// One statement, with `$1`, `$2` … where `bind` appends parameters, in that order.
    static var sql: String { get }

    /// Appends the parameters in the order of their numbers. Must append the same types each time.
    func bind(into binder: inout Binder)

    /// Reads one row.
    static func decode(_ row: RowView) throws(DecodeError) -> Row
}

extension Statement {
    /// For statements without parameters.
    public func bind(into binder: inout Binder) {}
}

extension Statement where Row == NoRow {
    public static func decode(_ row: RowView) throws(DecodeError) -> NoRow {
        NoRow()
    }
}
