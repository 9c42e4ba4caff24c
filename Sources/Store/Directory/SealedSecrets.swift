public import Domain
public import Postgres

/// The sealed secrets of a tenant's webhook endpoints that sign, a page of endpoints at a time, in the order of their ids.
public struct ListSealedSecrets: Statement {
    public struct Row: Sendable {
        public let endpoint: WebhookEndpointID
        /// The present one, then those that sign beside it.
        public let sealed: [[UInt8]]
    }

    public static let sql = """
        SELECT w.id, w.sealed_secret, ARRAY(
            SELECT s.secret FROM unnest(w.earlier_secrets, w.earlier_secrets_until) AS s (secret, until) WHERE s.until > docket.now()
        )
        FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id > $2 ORDER BY w.id LIMIT $3
        """
    let tenant: TenantID
    let after: WebhookEndpointID?
    let limit: Int

    public init(tenant: TenantID, after: WebhookEndpointID?, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? .lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(endpoint: try columns.next(), sealed: [try columns.next(Bytes.self).bytes] + (try columns.nextArray(Bytes.self).map(\.bytes)))
    }
}

/// Stores the same secret sealed anew in its place, unless it was replaced meanwhile. The endpoint's version stays: nothing that people see has changed.
public struct ReplaceSealedSecret: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.webhook_endpoint
        SET sealed_secret = CASE WHEN sealed_secret = $3 THEN $4 ELSE sealed_secret END, earlier_secrets = array_replace(earlier_secrets, $3, $4)
        WHERE tenant_id = $1 AND id = $2 AND (sealed_secret = $3 OR $3 = ANY (earlier_secrets))
        """
    let tenant: TenantID
    let endpoint: WebhookEndpointID
    let old: [UInt8]
    let new: [UInt8]

    public init(tenant: TenantID, endpoint: WebhookEndpointID, old: [UInt8], new: [UInt8]) {
        self.tenant = tenant
        self.endpoint = endpoint
        self.old = old
        self.new = new
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
        binder.append(Bytes(old))
        binder.append(Bytes(new))
    }
}
