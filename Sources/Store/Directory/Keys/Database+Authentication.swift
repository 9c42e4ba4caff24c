public import Domain
import Postgres

extension Database {
    /// Whose key has this hash.
    ///
    /// - Parameter hash: SHA-256 of the key.
    /// - Returns: nil for a key that is unknown, revoked or expired; a suspended tenant's key says so.
    /// - Throws: ``StoreError``.
    public func keyOwner(hash: [UInt8]) async throws -> KeyOwner? {
        try await runGlobal(Authenticate(hash: hash)).first
    }
}

private struct Authenticate: Statement {
    static let sql = """
        SELECT tenant_id, key_id, scopes, agent_id, is_suspended, expires_at,
            (extract(epoch FROM expires_at - docket.now()) * 1000000)::bigint, vip, priority_floor, queue_id
        FROM docket.authenticate($1) WHERE expires_at IS NULL OR expires_at > docket.now()
        """
    let hash: [UInt8]

    func bind(into binder: inout Binder) {
        binder.append(Bytes(hash))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> KeyOwner {
        var columns = ColumnReader(row)
        return KeyOwner(
            tenantID: try columns.next(),
            keyID: try columns.next(),
            scopes: try columns.nextArray(),
            agentID: try columns.nextOptional(),
            isSuspended: try columns.next(),
            expiresAt: try columns.nextOptional(),
            timeLeft: try columns.nextOptional(Int64.self).map { .microseconds($0) },
            intake: try IntakeProfile(&columns)
        )
    }
}
