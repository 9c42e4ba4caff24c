public import Domain
public import Postgres

/// Writes a new tenant with its configuration version and its ticket counter. For the operator's role only.
public struct InsertTenant: Statement {
    public typealias Row = NoRow
    /// The constraint that a slug in use violates.
    public static let slugConstraint = "tenant_slug_key"
    public static let sql = """
        WITH tenant AS (
            INSERT INTO docket.tenant (id, slug, name, plan_weight, active, created_at) VALUES ($1, $2, $3, $4, $5, $6)
        ), configuration AS (
            INSERT INTO docket.tenant_configuration (tenant_id, version, close_resolved_after_days, archive_closed_after_days) VALUES ($1, 1, $7, $8)
        )
        INSERT INTO docket.ticket_counter (tenant_id, next_number) VALUES ($1, 1)
        """
    let tenant: Tenant
    let lifecycle: LifecycleSettings

    public init(_ tenant: Tenant, lifecycle: LifecycleSettings = .standard) {
        self.tenant = tenant
        self.lifecycle = lifecycle
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant.id)
        binder.append(tenant.slug)
        binder.append(tenant.name)
        binder.append(Int32(clamping: tenant.planWeight))
        binder.append(tenant.isActive)
        binder.append(tenant.createdAt)
        binder.append(lifecycle.closeResolvedAfterDays.map { Int32(clamping: $0) })
        binder.append(lifecycle.archiveClosedAfterDays.map { Int32(clamping: $0) })
    }
}
