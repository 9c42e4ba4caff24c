public import Postgres

/// Statements to be sent together, in order; built by use cases, which never see the pool.
public struct StatementList: Sendable {
    private(set) var unit = PostgresUnit()

    public init() {}

    public var isEmpty: Bool { unit.isEmpty }

    /// Appends a statement; its rows are found in the result by the handle.
    @discardableResult
    public mutating func add<S: Statement>(_ statement: S) -> StatementHandle<S> {
        unit.add(statement)
    }
}
