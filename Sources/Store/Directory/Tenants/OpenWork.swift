import Postgres

extension Database {
    /// The transactions of Docket's processes that are open on this database, of whatever tenant. For the operator's role only.
    ///
    /// - Throws: ``StoreError``.
    public func openWork() async throws -> Set<String> {
        Set(try await runGlobal(ListOpenWork()))
    }
}

/// Every transaction holds the lock on its own number from its first statement on, also while it has written nothing. A session's role is there for all to see,
/// unlike what it does.
private struct ListOpenWork: Statement {
    static let sql = """
        SELECT l.virtualxid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock' AND l.granted AND a.datname = current_database() AND a.pid <> pg_backend_pid()
            AND a.usename IN ('docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier')
        """

    static func decode(_ row: RowView) throws(DecodeError) -> String {
        try row.decode(String.self, at: 0)
    }
}
