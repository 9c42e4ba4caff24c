import CLibPQ

/// A connection in blocking mode with the simple protocol, which takes whole files. For the migrator's own thread only.
final class MigrationSession {
    private let handle: ConnectionHandle

    init(_ handle: ConnectionHandle) {
        self.handle = handle
    }

    var isInTransaction: Bool { PQtransactionStatus(handle.pointer) == PQTRANS_INTRANS }

    /// Runs SQL, which may be many statements, and returns the rows of the last one as text.
    @discardableResult
    func execute(_ sql: String) throws(PostgresError) -> [[String]] {
        guard let result = PQexec(handle.pointer, sql) else { throw PostgresError(.connectionLost, handle.errorMessage) }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY else {
            throw ServerMessage.error(of: result, statementName: nil)
        }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in PQgetvalue(result, row, column).map { String(cString: $0) } ?? "" }
        }
    }

    /// Ends whatever transaction is open.
    func rollBack() {
        _ = try? execute("ROLLBACK")
    }
}
