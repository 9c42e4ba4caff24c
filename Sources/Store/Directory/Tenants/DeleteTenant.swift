public import Domain
public import Postgres

/// Deletes a suspended tenant itself. For the operator's role only.
public struct DeleteTenant: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.tenant WHERE id = $1 AND NOT active"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }
}
