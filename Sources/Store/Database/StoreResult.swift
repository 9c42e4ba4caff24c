public import Postgres

/// What the statements of a unit returned, read by the handles that were given when they were added.
public struct StoreResult: Sendable {
    private let result: UnitResult

    init(_ result: UnitResult) {
        self.result = result
    }

    /// All rows of a statement, in order.
    public func rows<S: Statement>(_ handle: StatementHandle<S>) throws -> [S.Row] {
        do {
            return try result.rows(handle)
        } catch {
            throw StoreError(error)
        }
    }

    /// The first row of a statement, or nil where it returned none.
    public func first<S: Statement>(_ handle: StatementHandle<S>) throws -> S.Row? {
        do {
            return try result.first(handle)
        } catch {
            throw StoreError(error)
        }
    }

    /// How many rows the statement inserted, updated, deleted or returned.
    public func affected<S: Statement>(_ handle: StatementHandle<S>) -> Int {
        result.affected(handle)
    }
}

/// Names one statement of a unit or list, to read its rows from the result.
public typealias StatementHandle<S: Statement> = Handle<S>
