public import Domain
public import Postgres

/// Suspends a tenant, or lets it go on. For the operator's role only.
public struct SetTenantActive: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.tenant SET active = $2, suspended_at = CASE WHEN NOT $2 THEN coalesce(suspended_at, docket.now()) END,
            erasure_began_at = CASE WHEN NOT $2 THEN erasure_began_at END
        WHERE id = $1
        """
    let tenant: TenantID
    let isActive: Bool

    public init(tenant: TenantID, isActive: Bool) {
        self.tenant = tenant
        self.isActive = isActive
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(isActive)
    }
}
