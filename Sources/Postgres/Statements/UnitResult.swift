import CLibPQ

/// What the statements of a unit returned. Rows are decoded when asked for, on the asking task.
public struct UnitResult: Sendable {
    let store: ResultStore

    /// All rows of a statement, in order. Throws `PostgresError` of kind `decoding` or `misuse`.
    public func rows<S: Statement>(_ handle: Handle<S>) throws(PostgresError) -> [S.Row] {
        let result = try result(handle)
        let count = PQntuples(result)
        var rows: [S.Row] = []
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            rows.append(try decode(S.self, result, row))
        }
        return rows
    }

    /// The first row of a statement, or nil where it returned none.
    public func first<S: Statement>(_ handle: Handle<S>) throws(PostgresError) -> S.Row? {
        let result = try result(handle)
        return PQntuples(result) > 0 ? try decode(S.self, result, 0) : nil
    }

    /// How many rows the statement inserted, updated, deleted or returned; 0 for other statements and for a handle of another unit.
    public func affected<S: Statement>(_ handle: Handle<S>) -> Int {
        guard let result = try? result(handle), let digits = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: digits)) ?? 0
    }

    private func result<S: Statement>(_ handle: Handle<S>) throws(PostgresError) -> OpaquePointer {
        guard handle.index < store.entries.count, case .prepared(let type) = store.entries[handle.index].source, type == S.self,
            let result = store[handle.index]
        else { throw PostgresError(.misuse, "a handle of another unit", statementName: String(describing: S.self)) }
        return result
    }

    private func decode<S: Statement>(_ type: S.Type, _ result: OpaquePointer, _ row: Int32) throws(PostgresError) -> S.Row {
        do {
            return try S.decode(RowView(results: store, result: result, row: row))
        } catch {
            throw PostgresError(.decoding, error.description, statementName: String(describing: S.self))
        }
    }
}
