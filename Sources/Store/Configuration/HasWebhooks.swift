public import Domain
public import Postgres

/// Whether the tenant has an active webhook endpoint: without one no event needs the outbox.
public struct HasWebhooks: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT EXISTS (SELECT FROM docket.webhook_endpoint WHERE tenant_id = $1 AND status = 'active')"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
