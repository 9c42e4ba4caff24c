import Domain
import Postgres

extension IssuedKey {
    /// In the order of ``init(_:)``. The hash is not among them: only ``Database/keyOwner(hash:)`` compares it.
    static let columns = """
        id, tenant_id, name, prefix, last_four, scopes, agent_id, vip, priority_floor, queue_id, created_at, created_by, expires_at, revoked_at, revoked_by
        """

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            id: try columns.next(),
            tenantID: try columns.next(),
            name: try columns.next(),
            prefix: try columns.next(),
            lastFour: try columns.next(),
            scopes: try columns.nextArray(),
            agentID: try columns.nextOptional(),
            intake: try IntakeProfile(&columns),
            createdAt: try columns.next(),
            createdBy: try columns.nextOptional(),
            expiresAt: try columns.nextOptional(),
            revokedAt: try columns.nextOptional(),
            revokedBy: try columns.nextOptional()
        )
    }
}
