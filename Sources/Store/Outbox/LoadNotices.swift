public import Domain
public import Postgres

/// The first notices of digests, in the order in which they came, with how many each digest has.
public struct LoadNotices: Statement {
    public struct Row: Sendable {
        public let digest: OutboxMessageID
        public let total: Int
        /// nil where it is not one that this version can read.
        public let payload: MailPayload?
    }

    /// The most that are read of one digest.
    public static let limit = 100

    public static let sql = """
        SELECT d.id, t.total, n.payload FROM unnest($2::uuid[]) AS d (id)
        CROSS JOIN LATERAL (SELECT count(*) AS total FROM docket.mail_notice a WHERE a.tenant_id = $1 AND a.digest_id = d.id) t
        CROSS JOIN LATERAL (
            SELECT k.payload, k.created_at, k.id FROM docket.mail_notice k WHERE k.tenant_id = $1 AND k.digest_id = d.id
            ORDER BY k.created_at, k.id LIMIT \(limit)
        ) n
        ORDER BY d.id, n.created_at, n.id
        """
    let tenant: TenantID
    let digests: [OutboxMessageID]

    public init(tenant: TenantID, digests: [OutboxMessageID]) {
        self.tenant = tenant
        self.digests = digests
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(digests)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            digest: try columns.next(),
            total: Int(try columns.next(Int64.self)),
            payload: try columns.nextOptional(JSONB.self).flatMap { try? DocumentCoding.decode(MailPayload.self, from: $0) }
        )
    }
}
